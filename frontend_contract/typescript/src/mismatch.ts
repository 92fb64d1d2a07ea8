import type { Middleware } from "openapi-fetch";
import { CONTRACT } from "./version.js";

/** Told once, when the API keeps another major version of the contract than the client. */
export type MismatchListener = (built: string, served: string) => void;

/** Tells of the first answer with another major version. One that says none is let pass. */
export function mismatch(tell: MismatchListener = warn): Middleware {
  let told = false;
  return {
    onResponse({ response }) {
      const served = response.headers.get("Dateline-Contract");
      if (!told && served && major(served) !== major(CONTRACT)) {
        told = true;
        tell(CONTRACT, served);
      }
      return undefined;
    },
  };
}

function warn(built: string, served: string): void {
  console.warn(
    `dateline-client was built for version ${built} of the contract, and the API keeps ${served}: ` +
      `answers may not be what their types say. Install dateline-client ${major(served)}.`,
  );
}

function major(version: string): string {
  return version.split(".")[0] ?? version;
}

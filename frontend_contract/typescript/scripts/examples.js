// Puts the published examples into the package, and clears away what was built before.
import { cpSync, rmSync } from "node:fs";

const at = (path) => new URL(`../${path}`, import.meta.url);

for (const folder of ["dist", "examples"]) rmSync(at(folder), { recursive: true, force: true });
cpSync(at("../published/examples"), at("examples"), { recursive: true });

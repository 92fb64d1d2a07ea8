// Puts what is published into the package, and clears away what was built before.
import { cpSync, rmSync } from "node:fs";

const at = (path) => new URL(`../${path}`, import.meta.url);
const published = ["openapi.json", "schemas", "examples", "CHANGELOG.md"];

for (const name of ["dist", ...published]) rmSync(at(name), { recursive: true, force: true });
for (const name of published) cpSync(at(`../published/${name}`), at(name), { recursive: true });

// Gives the package the version of the contract that it is made from.
import { readFileSync, writeFileSync } from "node:fs";

const at = (path) => new URL(`../${path}`, import.meta.url);
const read = (path) => JSON.parse(readFileSync(at(path), "utf8"));
const write = (path, content) => writeFileSync(at(path), `${JSON.stringify(content, null, 2)}\n`);

const { version } = read("../published/openapi.json").info;

writeFileSync(
  at("src/version.ts"),
  `/** The version of the contract that this client was built for. Generated. */\nexport const CONTRACT = "${version}";\n`,
);
write("package.json", { ...read("package.json"), version });
const lock = read("package-lock.json");
lock.packages[""].version = version;
write("package-lock.json", { ...lock, version });

/**
 * Does not compile where a case is missing. At run time the newsroom may be newer than this site:
 * readers are shown nothing, and the log says what there is to do.
 */
export function assertNever(newer: never): null {
  console.warn("This site does not know how to show", JSON.stringify(newer).slice(0, 200));
  return null;
}

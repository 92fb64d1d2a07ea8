export type { ClientOptions } from "./ask.js";
export * from "./client.js";
export type * from "./contract.js";
export {
  BadRequestError,
  GoneError,
  MovedError,
  NeedsError,
  NotFoundError,
  OutageError,
  ProblemError,
  TooManyError,
} from "./errors.js";
export type {
  AnyField,
  DocumentField,
  FileItem,
  ImageField,
  PageField,
  PageItem,
  PageOf,
  PageType,
  Picked,
} from "./fields.js";
export type { MismatchListener } from "./mismatch.js";
export type { Commenting, Entering, Judging, ReviewClient, ReviewQuery } from "./review.js";
export { CONTRACT } from "./version.js";

/** For the default of a `switch`: compiles only while no case is missing. */
export function assertNever(value: never): never {
  throw new Error(`There is no case for ${JSON.stringify(value)}`);
}

declare namespace App {
  interface Locals {
    /** The newsroom, for the request under way. */
    newsroom: import("dateline-client").Client;
    /** Of the page that is shown. */
    language: string;
    /** Whether a draft is shown to its editor. */
    preview: boolean;
    /** The draft that is shown to a reviewer, if one is. */
    review: import("./lib/review/reviewing").Reviewing | null;
    /** What the one who asks looks ahead with; null for the public. */
    ahead: import("./lib/ahead").Ahead | null;
    /** What the page is made of so far. */
    made: import("./lib/made").Made;
    /** Numbers of the notes that were referred to so far. */
    referred: Set<number>;
  }
}

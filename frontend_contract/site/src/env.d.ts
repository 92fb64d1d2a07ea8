declare namespace App {
  interface Locals {
    /** The newsroom, for the request under way. */
    newsroom: import("dateline-client").Client;
    /** Of the page that is shown. */
    language: string;
    /** Whether a draft is shown to its editor. */
    preview: boolean;
    /** Whether something the page is made of is as it was before the newsroom stopped answering. */
    outdated: boolean;
    /** Numbers of the notes that were referred to so far. */
    referred: Set<number>;
  }
}

/**
 * Keeps the words that are written while an autosave is under way.
 *
 * When Wagtail has saved a form, it takes what is in the form then for what it has saved. What was
 * written in the second before would be saved, and shown in the preview, only after a further
 * change; leaving the page would lose it without a warning.
 *
 * Wagtail also asks, every few seconds, who else is editing. Where that was asked before an autosave
 * and is answered after it, the answer takes our own new revision for another window's, and Publish
 * would ask the editor whether to overwrite it. Such an answer is let go, and asked for again: in it
 * might have been another window too.
 */
{
  // Where the answer to a save puts something else than was sent.
  const answered = new Set([
    "csrfmiddlewaretoken",
    "loaded_revision_id",
    "loaded_revision_created_at",
    "overwrite_revision_id",
  ]);
  const written = (data) =>
    JSON.stringify(
      [...data].filter(([name, value]) => typeof value === "string" && !answered.has(name)),
    );
  let sent = null;
  let savedSinceAsked = false;
  let letGo = false;

  // A little later: while Wagtail saves, or reads an answer, it does not ask.
  const askAgain = () =>
    setTimeout(() => {
      if (letGo) window.wagtail.app.queryController("w-session")?.ping();
    });

  document.addEventListener("w-autosave:save", ({ detail }) => {
    sent = written(detail.formData);
    savedSinceAsked = true;
  });

  // Wagtail's own listener is on the form, and has been called by now.
  document.addEventListener("w-autosave:success", ({ target: form }) => {
    if (written(new FormData(form)) === sent) return;
    const detail = { type: "edits" };
    form.dispatchEvent(
      new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail }),
    );
  });

  document.addEventListener("w-session:ping", () => {
    savedSinceAsked = false;
    letGo = false;
  });
  document.addEventListener("w-autosave:success", askAgain);
  document.addEventListener("w-autosave:error", askAgain);

  // Before Wagtail's own listener, which is on the element that asked.
  document.addEventListener(
    "w-swap:json",
    (event) => {
      const ofSession = event.target.matches("[data-controller~='w-session']");
      if (!ofSession || !savedSinceAsked) return;
      event.stopImmediatePropagation();
      letGo = true;
      askAgain();
    },
    true,
  );
}

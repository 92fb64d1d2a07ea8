// The editor's form and the draft beside it: a click in the draft leads to where it is written, and
// what is being written is outlined in the draft. The draft is on the frontend's origin, and is heard
// from the origins of our sites alone.
(() => {
  const origins = new Set(document.currentScript.dataset.origins.split(" "));
  /** The draft that spoke last: its window, and the origin that it is on. */
  let draft = null;

  addEventListener("message", ({ origin, source, data }) => {
    if (!origins.has(origin) || !data?.dateline || !isPreview(source)) return;
    const { type, path } = data.dateline;
    if (type === "ready") {
      draft = { source, origin };
      tell(document.activeElement);
    }
    if (type === "edit") goTo(path);
  });

  addEventListener("focusin", ({ target }) => tell(target));

  function isPreview(source) {
    return [...document.querySelectorAll("iframe")].some((frame) => frame.contentWindow === source);
  }

  /** Tells the draft what has the focus: names of fields and blocks, from the inside out. */
  function tell(element) {
    if (!draft) return;
    const path = [];
    for (let at = element; at; at = at.parentElement?.closest("[data-contentpath]"))
      if (at.dataset.contentpath) path.push(at.dataset.contentpath);
    if (path.length) draft.source.postMessage({ dateline: { type: "focus", path } }, draft.origin);
  }

  function goTo(path) {
    const field = document.querySelector(`[data-contentpath="${CSS.escape(path)}"]`);
    if (!field) return;
    openAround(field);
    field.scrollIntoView({ block: "center" });
    // A block that is chosen and not written has buttons alone.
    const first =
      field.querySelector("input:not([type=hidden]), textarea, select, [contenteditable=true]") ??
      field.querySelector("button");
    first?.focus({ preventScroll: true });
  }

  /** Shows the tab that an element is in, and opens what is collapsed around it. */
  function openAround(element) {
    const tab = element.closest("[role=tabpanel]");
    if (tab?.hidden) document.querySelector(`[role=tab][href="#${CSS.escape(tab.id)}"]`)?.click();
    for (let at = element; at; at = at.parentElement?.closest("[data-panel]")) {
      const toggle = at.querySelector?.("[data-panel-toggle][aria-expanded=false]");
      if (toggle && toggle.closest("[data-panel]") === at) toggle.click();
    }
  }
})();

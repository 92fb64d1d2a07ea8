// A draft and the editor's form beside it, which is on the newsroom's origin and on no other.
const { cms } = document.currentScript.dataset;
const tell = (message) => parent.postMessage(message, cms);

addEventListener("message", ({ origin, source, data }) => {
  if (origin !== cms || source !== parent) return;
  if (data?.wagtail) scrolled(data.wagtail);
  if (data?.dateline?.type === "focus") outline(data.dateline.path);
});

// Wagtail's preview panel shows the last draft until the new one has asked where the last was scrolled
// to, or until ten seconds have passed. It begins to listen at some time after `load`.
const tellWagtail = (type, position) =>
  tell({ wagtail: { type, origin: location.origin, ...position } });

function scrolled({ type, x, y }) {
  if (type === "w-preview:get-scroll-position")
    tellWagtail("w-preview:set-scroll-position", { x: scrollX, y: scrollY });
  if (type === "w-preview:set-scroll-position") scrollTo({ left: x, top: y, behavior: "instant" });
}

// What the editor writes in is outlined. `path` leads from the field to what it is part of.
function outline(path) {
  document.querySelector(".edited")?.classList.remove("edited");
  const found = path
    .map((name) => document.querySelector(`[data-edit="${CSS.escape(name)}"]`))
    .find((element) => element !== null);
  found?.classList.add("edited");
}

// A click leads to where it is written: links lead nowhere in a draft.
addEventListener("click", (event) => {
  const path = event.target.closest("[data-edit]")?.dataset.edit;
  if (event.target.closest("a")) event.preventDefault();
  if (path && !event.target.closest("button, summary")) tell({ dateline: { type: "edit", path } });
});

if (parent !== window)
  addEventListener("load", () => {
    tell({ dateline: { type: "ready" } });
    for (const wait of [0, 50, 250, 1000]) setTimeout(tellWagtail, wait, "w-preview:request-scroll");
  });

// A draft and the editor's form beside it, which is on the newsroom's origin and on no other.
const { cms } = document.currentScript.dataset;
const tell = (message) => parent.postMessage(message, cms);

addEventListener("message", ({ origin, source, data }) => {
  if (origin !== cms || source !== parent) return;
  if (data?.dateline?.type === "focus") outline(data.dateline.path);
});

// What the editor writes in is outlined. `path` leads from the field to what it is part of.
function outline(path) {
  document.querySelector(".edited")?.classList.remove("edited");
  const found = path
    .map((name) => document.querySelector(`[data-edit="${CSS.escape(name)}"]`))
    .find((element) => element !== null);
  found?.classList.add("edited");
}

// A click leads to where it is written: a link does so only when it is to open a tab of its own.
addEventListener("click", (event) => {
  if (event.target.closest("a")) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
  }
  const path = event.target.closest("[data-edit]")?.dataset.edit;
  if (path && !event.target.closest("button, summary")) tell({ dateline: { type: "edit", path } });
});

// Wagtail's panel shows the last draft until the new one has asked where that was scrolled to, or until
// ten seconds have passed. Wagtail's script asks at `load`; from another origin that can be too early.
const askForScroll = () =>
  tell({ wagtail: { type: "w-preview:request-scroll", origin: location.origin } });

if (parent !== window)
  addEventListener("load", () => {
    tell({ dateline: { type: "ready" } });
    for (const wait of [0, 50, 250, 1000]) setTimeout(askForScroll, wait);
  });

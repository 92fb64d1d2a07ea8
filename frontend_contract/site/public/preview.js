// The editor's preview panel shows the last draft until the new one has asked where the last was
// scrolled to, or until ten seconds have passed. It begins to listen at some time after `load`.
const { cms } = document.currentScript.dataset;
const tell = (type, position) =>
  parent.postMessage({ wagtail: { type, origin: location.origin, ...position } }, cms);

addEventListener("message", ({ origin, data }) => {
  if (origin !== cms || !data.wagtail) return;
  const { type, x, y } = data.wagtail;
  if (type === "w-preview:get-scroll-position")
    tell("w-preview:set-scroll-position", { x: scrollX, y: scrollY });
  if (type === "w-preview:set-scroll-position") scrollTo({ left: x, top: y, behavior: "instant" });
});
if (parent !== window)
  addEventListener("load", () => {
    for (const wait of [0, 50, 250, 1000]) setTimeout(tell, wait, "w-preview:request-scroll");
  });

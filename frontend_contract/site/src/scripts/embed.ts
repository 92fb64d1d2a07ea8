// Players are somebody else's, who learns of whoever loads one: each is asked for.
for (const figure of document.querySelectorAll<HTMLElement>("figure.embed[data-player]")) {
  const button = document.createElement("button");
  const { player = "", title = "" } = figure.dataset;
  const host = new URL(player).hostname;
  button.type = "button";
  button.textContent = `Play here. ${host} will learn that you do.`;
  button.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.src = player;
    frame.title = title;
    frame.allow = "fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin";
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-presentation");
    button.replaceWith(frame);
    frame.focus();
  });
  figure.prepend(button);
}

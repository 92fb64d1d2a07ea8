"""How it looks."""

STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #5c6670; --line: #d5dae0;
  --accent: #0b4f8a; --tint: #f2f5f8 }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --paper: #15181c; --soft: #a4adb6;
  --line: #394149; --accent: #8fc1f0; --tint: #1f242a } }
* { box-sizing: border-box }
body { margin: 0; color: var(--ink); background: var(--paper); font: 1.0625rem/1.6 Georgia, serif }
header, main, footer { max-width: 46.5rem; margin: auto; padding: 1rem 1.25rem }
header, footer, nav, .soft, figcaption, caption, th, .preview, .unfinished, .button {
  font-family: system-ui, sans-serif; font-size: .9rem }
header { border-bottom: 1px solid var(--line) }
footer { border-top: 1px solid var(--line); margin-top: 3rem }
header > a { font-weight: 700; font-size: 1.1rem; text-decoration: none }
nav ul, footer ul { list-style: none; margin: .5rem 0; padding: 0; display: flex; flex-wrap: wrap;
  gap: .25rem 1.25rem }
nav ul ul { display: contents }
a { color: var(--accent) }
h1, h2, h3, h4, h5, h6 { font-family: system-ui, sans-serif; line-height: 1.25; margin: 2rem 0 .5rem }
h1 { font-size: 2rem; margin-top: 1rem }
h1 + .deck { margin-top: 0 }
.soft, figcaption, caption { color: var(--soft) }
.soft { margin: .25rem 0 }
.deck { font-size: 1.2rem; color: var(--soft) }
img { display: block; max-width: 100%; height: auto }
figure { margin: 1.5rem 0 }
blockquote { margin: 1.5rem 0 .5rem; padding-left: 1rem; border-left: 3px solid var(--accent) }
.said { font-size: 1.15rem }
aside { margin: 1.5rem 0; padding: .25rem 1rem; background: var(--tint) }
aside > :first-child { margin-top: .75rem }
.scroll { overflow-x: auto; margin: 1.5rem 0 }
table { border-collapse: collapse; width: 100% }
caption { text-align: left; padding-bottom: .25rem }
th, td { border: 1px solid var(--line); padding: .4rem .6rem; text-align: left; vertical-align: top }
td > p { margin: 0 }
dt { font-weight: 700 } dd { margin: 0 0 .75rem }
dd, address { white-space: pre-line; font-style: normal }
.figure { font: 700 1.6rem/1.2 system-ui, sans-serif }
.gallery { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)) }
.gallery figure { margin: 0 }
.cards { padding: 0; list-style: none }
.cards h2, .cards h3, .cards h4 { margin: 1.25rem 0 0; font-size: 1.1rem }
.cards p { margin: .1rem 0 }
.button { display: inline-block; padding: .5rem 1rem; border: 1px solid; border-radius: .25rem }
.preview { margin: 0; padding: .4rem 1rem; background: #ffd75e; color: #222; text-align: center }
.unfinished { margin: 1.5rem 0; padding: .75rem 1rem; border: 2px dashed #b35900 }
.end { text-align: center }
.skip { position: absolute; left: -99rem }
.skip:focus { left: 1rem; top: .5rem; background: var(--paper) }
"""

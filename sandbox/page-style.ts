/**
 * The style of all hosted pages. A page's own style follows it and sets its brand's colours.
 *
 * @module
 */

/** Placed into the page under a nonce. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f3f5f8, #12161c);
  --card: light-dark(#ffffff, #1b212a);
  --ink: light-dark(#17202b, #e8edf3);
  --soft: light-dark(#566372, #9fadbd);
  --line: light-dark(#d5dce5, #37414e);
  --field: light-dark(#868f9b, #6b7787);
  --accent: light-dark(#0b5d4b, #4fd1ae);
  --on-accent: light-dark(#ffffff, #06231b);
  --tint: light-dark(#eaf4f1, #17302a);
  --alert: light-dark(#a3212b, #ff9c9c);
}
* { box-sizing: border-box; margin: 0; }
[hidden] { display: none !important; }
body {
  min-height: 100vh;
  background: var(--ground);
  color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif;
}
.ribbon {
  padding: 0.5rem 1rem;
  background: repeating-linear-gradient(-45deg, #ffd43b 0 1rem, #fcc419 1rem 2rem);
  color: #2b2200;
  font-size: 0.875rem;
  text-align: center;
}
.ribbon strong { margin-inline-end: 0.35rem; text-transform: uppercase; letter-spacing: 0.06em; }
main {
  display: grid;
  grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
  max-width: 52rem;
  margin: clamp(1rem, 6vh, 4rem) auto;
  overflow: hidden;
  border: 1px solid var(--line);
  border-radius: 1rem;
  background: var(--card);
  box-shadow: 0 1rem 2.5rem rgb(16 32 48 / 8%);
}
.summary { padding: 2rem; background: var(--tint); }
.panel { padding: 2rem; }
.brand { display: flex; gap: 0.5rem; align-items: center; color: var(--accent); font-weight: 700; }
.tag {
  padding: 0.05rem 0.5rem;
  border: 1px solid currentcolor;
  border-radius: 1rem;
  font-size: 0.75rem;
  font-weight: 600;
}
h1 { margin-top: 1.75rem; font-size: 1rem; font-weight: 500; color: var(--soft); overflow-wrap: anywhere; }
h2 { font-size: 1.125rem; }
.price { font-size: 2.25rem; font-weight: 700; line-height: 1.25; font-variant-numeric: tabular-nums; }
dl { margin-top: 1.75rem; font-size: 0.875rem; }
dl div { display: flex; justify-content: space-between; gap: 1rem; padding: 0.5rem 0; border-top: 1px solid var(--line); }
dt { color: var(--soft); }
dd { text-align: end; }
.hint { margin-top: 0.25rem; color: var(--soft); font-size: 0.875rem; }
label { display: block; margin: 1rem 0 0.3rem; font-size: 0.875rem; font-weight: 600; }
input {
  width: 100%;
  padding: 0.65rem 0.8rem;
  border: 1px solid var(--field);
  border-radius: 0.5rem;
  background: var(--card);
  color: inherit;
  font: inherit;
  font-variant-numeric: tabular-nums;
}
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
button {
  min-height: 2.75rem;
  padding: 0.5rem 1rem;
  border: 1px solid var(--field);
  border-radius: 0.5rem;
  background: transparent;
  color: inherit;
  font: inherit;
  cursor: pointer;
}
button:hover { border-color: var(--accent); }
button:disabled { opacity: 0.6; cursor: progress; }
.primary {
  width: 100%;
  min-height: 3.25rem;
  margin-top: 1.5rem;
  border-color: transparent;
  background: var(--accent);
  color: var(--on-accent);
  font-weight: 700;
}
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
fieldset { display: grid; grid-template-columns: repeat(3, 1fr); gap: 0.75rem; padding: 0; margin-top: 1.5rem; border: 0; }
legend { margin-bottom: 0.5rem; padding: 0; color: var(--soft); font-size: 0.875rem; }
fieldset button { padding-inline: 0.5rem; font-size: 0.9375rem; }
#message { margin-bottom: 1rem; color: var(--soft); }
[data-part] > p:not(.hint) { margin: 0.5rem 0 1.25rem; color: var(--soft); }
.alert, #message.alert { color: var(--alert); font-weight: 600; }
@media (max-width: 40rem) {
  main { grid-template-columns: 1fr; margin: 0; border: 0; border-radius: 0; }
  .summary, .panel { padding: 1.25rem; }
  h1 { margin-top: 0.75rem; }
  dl { margin-top: 0.75rem; }
  fieldset { gap: 0.5rem; }
}
@media (max-width: 22rem) { fieldset { grid-template-columns: 1fr; } }
`

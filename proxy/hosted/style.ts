/**
 * How the hosted page looks around the widget. A merchant's own file comes after it.
 * @module
 */
export const HOSTED_STYLE = `
:root {
  color-scheme: light dark;
  font: 16px/1.5 system-ui, sans-serif;
  background: light-dark(#eef0f4, #0d0f13);
  color: light-dark(#14171c, #eceef2);
}
body {
  display: grid;
  justify-items: center;
  align-content: start;
  gap: 1.25rem;
  min-block-size: 100vh;
  box-sizing: border-box;
  margin: 0;
  padding: clamp(0.75rem, 4vw, 3rem) 0.75rem 2rem;
}
.name {
  margin: 0;
  font-size: 1.125rem;
  font-weight: 650;
}
main {
  inline-size: min(100%, 27rem);
}
crypto-checkout:not(:defined) {
  display: block;
  min-block-size: 30rem;
}
.plain {
  display: grid;
  gap: 1rem;
  padding: 1.25rem 1.5rem;
  border: 1px solid light-dark(#e0e3e9, #343943);
  border-radius: 16px;
  background: light-dark(#fff, #16181d);
}
.plain > *,
form > * {
  margin: 0;
}
.price {
  font-size: 1.75rem;
  font-weight: 650;
}
form {
  display: grid;
  gap: 0.75rem;
  padding-block-start: 1rem;
  border-block-start: 1px solid light-dark(#e0e3e9, #343943);
}
label {
  display: grid;
  gap: 0.25rem;
}
label.tick {
  grid-auto-flow: column;
  justify-content: start;
  align-items: center;
}
input:not([type='checkbox']) {
  min-block-size: 3rem;
  padding-inline: 0.875rem;
  border: 1px solid #878f9c;
  border-radius: 10px;
  background: none;
  color: inherit;
  font: inherit;
}
button,
.button {
  min-block-size: 3rem;
  padding: 0.5rem 1rem;
  border: 0;
  border-radius: 10px;
  background: #2b50d8;
  color: #fff;
  font: inherit;
  font-weight: 600;
  text-align: center;
  text-decoration: none;
  line-height: 2rem;
  box-sizing: border-box;
  cursor: pointer;
}
a {
  color: light-dark(#2b50d8, #9db3ff);
}
.button {
  color: #fff;
}
.note {
  padding: 0.75rem;
  border-radius: 10px;
  background: light-dark(#fdecea, #3a1d1b);
}
details {
  inline-size: min(100%, 27rem);
  text-align: center;
}
summary {
  padding: 0.625rem;
  cursor: pointer;
}
details svg {
  display: block;
  margin: 0 auto;
  inline-size: 11rem;
  border-radius: 10px;
  background: #fff;

  forced-color-adjust: none;
}
:focus-visible {
  outline: 2px solid light-dark(#2b50d8, #9db3ff);
  outline-offset: 2px;
}
/* Where scripts run, the widget is there in a moment; where it is not, this is what is left. */
@media (scripting: enabled) {
  crypto-checkout:not(:defined) > .plain {
    animation: late 0s 5s both;
  }
}
@media (scripting: none) {
  details {
    display: none;
  }
}
@media (pointer: coarse) {
  details {
    display: none;
  }
}
@keyframes late {
  from {
    visibility: hidden;
  }
}
`

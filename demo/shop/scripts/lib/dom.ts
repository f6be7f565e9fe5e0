/**
 * Elements without any HTML text: under this page's policy there is no other way.
 * @module
 */
export type Child = Node | string | null
type Attributes = Readonly<Record<string, string | null>>

/** Makes an element. Attributes that are null are left out. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) element.setAttribute(name, value)
  }
  element.append(...children.filter((child) => child !== null))
  return element
}

/** A button that does something. */
export function button(
  text: string,
  attributes: Attributes,
  act: () => unknown,
): HTMLButtonElement {
  const element = el('button', { type: 'button', ...attributes }, text)
  element.addEventListener('click', () => void act())
  return element
}

/** The element with this id, which the page has. */
export function byId(id: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(`#${id}`)
  if (!element) throw new Error(`The page has no #${id}.`)
  return element
}

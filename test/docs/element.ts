/**
 * The names that the element has, from its description.
 * @module
 */
import type { ElementDescription, Manifest } from '../../docs/site/pages/element.ts'

export async function readElement() {
  const module = (await import(new URL('../../scripts/manifest.mjs', import.meta.url).href)) as {
    createManifest(): Manifest
  }
  const [element] = module.createManifest().modules.flatMap(({ declarations }) => declarations)
  if (!element) throw new Error('no element')
  const names = (
    kind: keyof ElementDescription &
      ('events' | 'slots' | 'members' | 'cssParts' | 'cssProperties' | 'cssStates'),
  ) => new Set(element[kind].map(({ name }) => name))
  return {
    /** With their types. */
    attributes: new Map(element.attributes.map(({ name, type }) => [name, type?.text ?? ''])),
    properties: names('members'),
    events: names('events'),
    slots: names('slots'),
    parts: names('cssParts'),
    tokens: names('cssProperties'),
    states: names('cssStates'),
  }
}

/**
 * Every state that a shopper can meet: the scenes of the gallery, their pictures that each run of the tests
 * compares, and what can be operated there, from the transcript of the screens that is compared as well.
 * @module
 */
import { readFileSync } from 'node:fs'
import { CHOOSING_SCENES } from '../../../demo/gallery/scenes/choosing.ts'
import { EXTREME_SCENES } from '../../../demo/gallery/scenes/extremes.ts'
import { MODE_SCENES } from '../../../demo/gallery/scenes/modes.ts'
import { PAYING_SCENES } from '../../../demo/gallery/scenes/paying.ts'
import { STATE_SCENES } from '../../../demo/gallery/scenes/states.ts'
import { TROUBLE_SCENES } from '../../../demo/gallery/scenes/troubles.ts'
import type { Scene } from '../../../demo/gallery/scene.ts'
import { ROOT } from '../root.ts'

const SCREENS = 'test/a11y/transcripts/screens.txt'
const PICTURES = 'test/gallery/baseline'

const GROUPS: readonly (readonly [string, readonly Scene[]])[] = [
  ['States of an order', STATE_SCENES],
  ['Choosing a way to pay', CHOOSING_SCENES],
  ['Paying', PAYING_SCENES],
  ['Trouble', TROUBLE_SCENES],
  ['Dialog, button, switched off', MODE_SCENES],
  ['Extremes', EXTREME_SCENES],
]

/** What stands below every screen. */
const EVERYWHERE = new Set(['Copy: Reference', 'Get help'])

/** The page, from the repository's root. */
export function statesPage(): string {
  const screens = readScreens()
  const parts = GROUPS.map(
    ([title, scenes]) =>
      `## ${title}\n\n${scenes.map((scene) => show(scene, screens)).join('\n\n')}`,
  )
  return `# Every state

Each screen that a shopper can meet, as the tests compare it with every change, and what can be operated on it. On all
of them the reference can be copied, and a link leads to your support where \`support-url\` names it. \`npm start\` has
them all in every theme, width and language at \`/gallery\`.

${parts.join('\n\n')}
`
}

function show({ id, title }: Scene, screens: ReadonlyMap<string, readonly string[]>): string {
  const controls = screens.get(id)
  if (!controls) throw new Error(`${SCREENS} has no ${id}: npm test -- a11y`)
  const what =
    controls.length > 0
      ? `Here one can choose:\n\n${controls.map((name) => `- ${name}`).join('\n')}`
      : 'Nothing to choose here: it goes on by itself, or has ended.'
  return `### ${title}

<figure>
<picture>
<source srcset="${PICTURES}/dark-360/${id}.png" media="(prefers-color-scheme: dark)">
<img src="${PICTURES}/light-360/${id}.png" alt="${title}">
</picture>
<figcaption>

${what}

</figcaption>
</figure>`
}

/** The names of buttons, links and fields of each screen. */
function readScreens(): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync(ROOT + SCREENS, 'utf8')
  return new Map(
    text.split(/^(?=\S)/m).map((part) => {
      const [first = '', ...lines] = part.split('\n')
      return [/\(([\w-]+)\)$/.exec(first)?.[1] ?? '', controlsOf(lines)]
    }),
  )
}

function controlsOf(lines: readonly string[]): readonly string[] {
  const found = lines.flatMap((line) => {
    const pattern = /^ *- '?(button|link|searchbox|textbox|checkbox|radio) "((?:[^"\\]|\\.)*)"(.*)$/
    const [, , name = '', rest = ''] = pattern.exec(line) ?? []
    return name === '' || rest.includes('[disabled]') || EVERYWHERE.has(name) ? [] : [name]
  })
  return [...new Set(found)].map((name) => `“${name}”`)
}

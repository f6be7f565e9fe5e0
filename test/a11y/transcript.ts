/**
 * What a shopper hears who sees nothing, as a text: the keys that were pressed, where the focus went, what
 * was said, and the tree that is read. Compared with `transcripts/<name>.txt`. With `A11Y_UPDATE=1` it is
 * written anew instead, to be read by somebody before it is committed.
 * @module
 */
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { focusOf, press } from './focus.ts'
import type { Focus } from './focus.ts'
import { takeSaid } from './hearing.ts'

/** A shopper with a keyboard and a screen reader. Each step goes into the transcript. */
export interface Listener {
  readonly page: Page
  /** Presses Tab until this has the focus. */
  tabTo(what: RegExp): Promise<void>
  /** Presses a key; where the focus is then is seen, and not lost. */
  press(key: string): Promise<void>
  types(text: string): Promise<void>
  /** Waits until something is said aloud. */
  hears(text: string | RegExp): Promise<void>
  /** Waits for such a title, and reads the whole card. */
  reads(title: string | RegExp): Promise<void>
  /** A line of one's own: what happens outside of the card. */
  notes(line: string): void
  /** Likewise, for another page: there the focus is nowhere yet. */
  leaves(line: string): void
  /** Fails where the transcript is not as it was when somebody last read it. */
  compare(name: string): void
}

const FOLDER = join(import.meta.dirname, 'transcripts')
const isUpdate = process.env['A11Y_UPDATE'] === '1'
const MANY = 60
const PATIENCE_MS = 20_000

/** What differs from run to run. */
const PLACEHOLDERS: readonly (readonly [RegExp, string])[] = [
  [/(?<=\/checkout#)\S+/g, '<token>'],
  [/http:\/\/[\w.]*localhost:\d+/g, '<shop>'],
  [
    /\b(?:T[1-9A-HJ-NP-Za-km-z]{33}|bc1[a-z0-9]{20,}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|0x[0-9a-fA-F]{40})\b/g,
    '<address>',
  ],
  [/\b\d+:\d\d(?::\d\d)?\b(?! [AP]M)/g, '<time>'],
  [/\b[A-Z][a-z]{2} \d+, \d{4}, \d+:\d\d [AP]M\b/g, '<date>'],
  [/(?<=Reference )[\w-]{8}(?= Order)/g, '<reference>'],
  [/\bLC-\w+|(?<=\/orders\/|Order )[\w-]{8,}/g, '<order>'],
]

/** Begins one. The page has to be one of a context that {@link takeSaid} can ask. */
export function openTranscript(page: Page): Listener {
  const lines: string[] = []
  const card = page.locator('crypto-checkout')
  const heard: string[] = []
  let hasBegun = false

  const collect = async (): Promise<void> => {
    for (const { role, text, isSudden } of await takeSaid(page)) {
      assert.ok(!isSudden, `the region of "${text}" was not there before it`)
      heard.push(text)
      lines.push(`  ${role}: ${text}`)
    }
  }
  const look = (focus: Focus): void => {
    assert.equal(focus.flaw, null, `${focus.what}: its focus is ${focus.flaw}`)
  }
  const arrive = async (focus: Focus): Promise<void> => {
    if (hasBegun) look(focus)
    lines.push(`  focus: ${focus.what}`)
    await collect()
  }
  const settled = async (): Promise<void> => {
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          requestAnimationFrame(() => requestAnimationFrame(() => resolve()))
        }),
    )
  }

  return {
    page,
    async tabTo(what) {
      hasBegun = true
      for (let steps = 1; steps <= MANY; steps += 1) {
        const focus = await press(page, 'Tab')
        if (focus.what === 'body') break
        look(focus)
        if (!what.test(focus.what)) continue
        lines.push('', `Tab × ${steps}`)
        return arrive(focus)
      }
      throw new Error(`Tab does not lead to ${what}`)
    },
    async press(key) {
      lines.push('', key)
      await page.keyboard.press(key)
      await settled()
      await arrive(await focusOf(page))
    },
    async types(text) {
      lines.push('', `types "${text}"`)
      await page.keyboard.type(text)
      await arrive(await focusOf(page))
    },
    async hears(text) {
      const end = Date.now() + PATIENCE_MS
      const matches = (each: string): boolean =>
        typeof text === 'string' ? each === text : text.test(each)
      for (;;) {
        await collect()
        const found = heard.findIndex(matches)
        if (found >= 0) return void heard.splice(0, found + 1)
        assert.ok(Date.now() < end, `not heard: ${text}; but ${heard.join(' | ')}`)
        await settled()
      }
    },
    async reads(title) {
      await card.getByRole('heading', { name: title }).waitFor()
      await settled()
      // where it went first depends on how fast the answer was
      if (lines.at(-1)?.startsWith('  focus: ')) lines.pop()
      else lines.push('')
      await arrive(await focusOf(page))
      lines.push(...(await treeOf(card)))
    },
    notes: (line) => void lines.push('', `(${line})`),
    leaves(line) {
      hasBegun = false
      lines.push('', `(${line})`)
    },
    compare: (name) => compare(name, lines.join('\n').trim()),
  }
}

/** What is read, without what is said for a moment: that stands above. */
export async function treeOf(card: Locator): Promise<readonly string[]> {
  const tree = await card.ariaSnapshot()
  return tree.split('\n').map((line) => `    ${line.replace(/^( *- status): .*/, '$1')}`)
}

/** Fails where `text` is not what the file says. */
export function compare(name: string, text: string): void {
  const found = PLACEHOLDERS.reduce((all, [what, by]) => all.replaceAll(what, by), text) + '\n'
  const file = join(FOLDER, `${name}.txt`)
  if (isUpdate) {
    mkdirSync(FOLDER, { recursive: true })
    writeFileSync(file, found)
    return
  }
  const known = existsSync(file) ? readFileSync(file, 'utf8') : ''
  assert.equal(
    found,
    known,
    `${name} is heard otherwise: A11Y_UPDATE=1 npm test -- a11y, and read it`,
  )
}

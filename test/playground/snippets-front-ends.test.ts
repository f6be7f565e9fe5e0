/**
 * The code for pages, compiled and rendered by what it is for: it says what was configured, and whatever was
 * configured stays text.
 */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { FRONT_ENDS } from '../../demo/shop/scripts/playground/snippets/index.ts'
import type { Embedding } from '../../demo/shop/scripts/playground/snippets/index.ts'
import { openReader } from './snippets/browser-reader.ts'
import type { Reader } from './snippets/browser-reader.ts'
import { everywhere, hostile, least, most, PIECES, SOURCES } from './snippets/embeddings.ts'
import { withoutFolder } from './snippets/machine.ts'
import {
  ORDER,
  readAngular,
  readEsm,
  readReact,
  readScriptTag,
  readSvelte,
  readVue,
} from './snippets/read-front-ends.ts'
import type { Seen } from './snippets/read-front-ends.ts'

interface FrontEnd {
  read(code: string, reader: Reader): Seen | Promise<Seen>
  /** What it makes of text: HTML has no NUL. */
  text?(value: string): string
  /** CSS has none either; a style that a script sets has. */
  readonly isScriptStyle?: true
  readonly skip?: string | false
}

const withoutNul = (value: string): string => value.replaceAll('\0', '')

const ALL: Readonly<Record<string, FrontEnd>> = {
  'script-tag': { read: readScriptTag, text: withoutNul },
  esm: { read: readEsm, isScriptStyle: true },
  react: { read: readReact, isScriptStyle: true },
  vue: { read: readVue, text: withoutNul },
  // Read from HTML that a server wrote, in which a browser finds other ends of lines.
  svelte: {
    read: readSvelte,
    text: (value) => value.replaceAll('\0', '\uFFFD').replace(/\r\n?/g, '\n'),
  },
  angular: { read: readAngular, text: withoutNul, skip: withoutFolder('node_modules/@angular') },
}

const PLACEHOLDERS = { token: '{{orderToken}}', checkout: '{{checkout}}' } as const
const ORDER_ATTRIBUTES = { token: 'order-token', checkout: 'checkout' } as const

describe('the code for pages', () => {
  let reader: Reader
  before(async () => {
    reader = await openReader()
  })
  after(() => reader.close())

  it('is there for each of them', () => {
    assert.deepEqual(
      FRONT_ENDS.map(({ id }) => id),
      Object.keys(ALL),
    )
  })

  for (const { id, title, code } of FRONT_ENDS) {
    const { read, skip = false, ...manner } = ALL[id] ?? assert.fail(id)
    const says = async (embedding: Embedding): Promise<void> => {
      const { attributes, texts, properties } = await read(code(embedding), reader)
      const seen = { attributes, properties, texts: { ...(texts as object) } }
      assert.deepEqual(inWords(seen), inWords(expected(id, manner, embedding)))
    }

    it(`${title}: says what was configured`, { skip }, async () => {
      for (const source of SOURCES) {
        await says(least(source))
        await says(most(source))
      }
    })

    it(`${title}: leaves text text`, { skip }, async () => {
      for (const piece of PIECES) await says(everywhere(piece))
      await fc.assert(fc.asyncProperty(hostile, says), { numRuns: 40 })
    })
  }
})

function expected(id: string, manner: Partial<FrontEnd>, embedding: Embedding): Seen {
  const { source, proxyUrl, attributes, properties, texts } = embedding
  const hasOrder = source === 'token' || source === 'checkout'
  const order = hasOrder && {
    [ORDER_ATTRIBUTES[source]]: id === 'script-tag' ? PLACEHOLDERS[source] : ORDER,
  }
  const { text = (value: string) => value, isScriptStyle } = manner
  const inCss = (value: string): string => (isScriptStyle ? value : withoutNul(value).trim())
  return {
    attributes: mapped({ proxy: proxyUrl, ...order, ...attributes }, text),
    properties: mapped(properties, inCss),
    texts: { ...texts },
  }
}

/** A class is words, and frameworks write them anew. */
function inWords({ attributes: { class: words, ...attributes }, ...seen }: Seen): Seen {
  const own = words?.split(/\s+/).filter(Boolean).join(' ')
  return { ...seen, attributes: { ...attributes, ...(own && { class: own }) } }
}

const mapped = (values: Readonly<Record<string, string>>, change: (value: string) => string) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]))

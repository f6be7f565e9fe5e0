/**
 * The fonts of the gallery's pictures: the same letters on every machine. Nobody else loads them.
 * @module
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

export interface Font {
  readonly type: string
  readonly body: string | Uint8Array<ArrayBuffer>
}

interface Family {
  readonly name: string
  readonly file: string
  readonly weights: readonly number[]
}

const FAMILIES: readonly Family[] = [
  { name: 'Inter', file: 'inter', weights: [400, 600, 700] },
  { name: 'JetBrains Mono', file: 'jetbrains-mono', weights: [400, 600] },
]

/** Which letters are in which file: enough for English, Turkish names and signs of money. */
const LETTERS = {
  latin: 'U+0000-00FF, U+2000-206F, U+2122, U+2191, U+2193, U+2212',
  'latin-ext': 'U+0100-02BA, U+1E00-1E9F, U+20A0-20C0',
} as const

const require = createRequire(import.meta.url)

/** `fonts.css`, or one of the files that it names. */
export function readFont(file: string): Font | null {
  if (file === 'fonts.css') return { type: 'text/css; charset=utf-8', body: sheet() }
  const family = FAMILIES.find(({ file: name }) => file.startsWith(`${name}-latin`))
  if (!family || !/^[\w-]+\.woff2$/.test(file)) return null
  const path = require.resolve(`@fontsource/${family.file}/files/${file}`)
  return { type: 'font/woff2', body: new Uint8Array(readFileSync(path)) }
}

/** The themes name fonts of their own; in a picture all have these. */
function sheet(): string {
  const faces = FAMILIES.flatMap(({ name, file, weights }) =>
    weights.flatMap((weight) =>
      Object.entries(LETTERS).map(
        ([letters, range]) => `@font-face {
  font-family: '${name}';
  font-weight: ${weight};
  src: url('/fonts/${file}-${letters}-${weight}-normal.woff2') format('woff2');
  unicode-range: ${range};
}`,
      ),
    ),
  )
  return `${faces.join('\n')}
crypto-checkout {
  --cc-font-family: Inter, sans-serif !important;
  --cc-font-mono: 'JetBrains Mono', monospace !important;
}
`
}

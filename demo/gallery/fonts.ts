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
  readonly letters: readonly (keyof typeof LETTERS)[]
}

/** Which letters are in which file: those of the five languages, and signs of money. */
const LETTERS = {
  latin: 'U+0000-00FF, U+0131, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212',
  'latin-ext': 'U+0100-0130, U+0132-02BA, U+1E00-1E9F, U+20A0-20AB, U+20AD-20B3, U+20B5-20C0',
  cyrillic: 'U+0400-045F, U+0490-0491, U+2116',
  'cyrillic-ext': 'U+20B4',
  arabic: 'U+0600-06FF, U+FB50-FDFF, U+FE70-FEFC',
} as const

const FAMILIES: readonly Family[] = [
  {
    name: 'Inter',
    file: 'inter',
    weights: [400, 600, 700],
    letters: ['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext'],
  },
  {
    name: 'JetBrains Mono',
    file: 'jetbrains-mono',
    weights: [400, 600],
    letters: ['latin', 'latin-ext'],
  },
  {
    name: 'Noto Sans Arabic',
    file: 'noto-sans-arabic',
    weights: [400, 600, 700],
    letters: ['arabic'],
  },
]

const require = createRequire(import.meta.url)

/** `fonts.css`, or one of the files that it names. */
export function readFont(file: string): Font | null {
  if (file === 'fonts.css') return { type: 'text/css; charset=utf-8', body: sheet() }
  const family = FAMILIES.find(({ file: name }) => file.startsWith(`${name}-`))
  if (!family || !/^[\w-]+\.woff2$/.test(file)) return null
  const path = require.resolve(`@fontsource/${family.file}/files/${file}`)
  return { type: 'font/woff2', body: new Uint8Array(readFileSync(path)) }
}

/** The themes name fonts of their own; in a picture all have these. */
function sheet(): string {
  const faces = FAMILIES.flatMap(({ name, file, weights, letters }) =>
    weights.flatMap((weight) =>
      letters.map(
        (each) => `@font-face {
  font-family: '${name}';
  font-weight: ${weight};
  src: url('/fonts/${file}-${each}-${weight}-normal.woff2') format('woff2');
  unicode-range: ${LETTERS[each]};
}`,
      ),
    ),
  )
  return `${faces.join('\n')}
crypto-checkout {
  --cc-font-family: Inter, 'Noto Sans Arabic', sans-serif !important;
  --cc-font-mono: 'JetBrains Mono', monospace !important;
}
`
}

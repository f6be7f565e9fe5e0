/**
 * The reference of `crypto-checkout/merchant`: what its index exports, as the sources declare and explain it.
 * @module
 */
import { globSync, readFileSync } from 'node:fs'
import { ROOT } from '../root.ts'

export interface Declaration {
  readonly name: string
  readonly kind: 'function' | 'interface' | 'type' | 'class'
  /** Its comment, as Markdown. */
  readonly about: string
  /** Without the body of a function or a class. */
  readonly code: string
}

const DECLARATION =
  /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n)?^export (?:async )?(function|interface|type|class) (\w+)[\s\S]*?(?=\n\n(?! )|\n*$(?![\s\S]))/gm

/** The page, from the repository's root. */
export function merchantPage(): string {
  const all = readDeclarations()
  const list = (...kinds: readonly Declaration['kind'][]): string =>
    all
      .filter(({ kind }) => kinds.includes(kind))
      .map(toMarkdown)
      .join('\n\n')
  return `# Merchant helpers

\`import { … } from 'crypto-checkout/merchant'\`, with \`jose\` beside it: Web APIs only, for Node, Bun, Deno and Workers.
How they belong together is in [Your server](docs/merchant.md), with the same for PHP and Python.

## Functions

${list('function')}

## Errors

What their codes mean stands [with notifications](docs/merchant.md#hear-what-becomes-of-it) and [with
receipts](docs/merchant.md#check-a-receipt).

${list('class')}

## Types

${list('interface', 'type')}
`
}

/** In the order in which the index names them. */
export function readDeclarations(): readonly Declaration[] {
  const index = readFileSync(`${ROOT}merchant/index.ts`, 'utf8')
  const lists = [...index.matchAll(/export (?:type )?\{([^}]+)\}/g)].map(([, names = '']) => names)
  const names = lists.flatMap((list) => list.match(/\w+/g) ?? [])
  const sources = [...globSync('merchant/*.ts', { cwd: ROOT }), 'protocol/money.ts']
  const known = new Map(
    sources.flatMap((file) => {
      const found = readFileSync(ROOT + file, 'utf8').matchAll(DECLARATION)
      return [...found].map((match) => [match[3] ?? '', toDeclaration(match)] as const)
    }),
  )
  return names.map((name) => {
    const declaration = known.get(name)
    if (!declaration) throw new Error(`merchant/index.ts exports ${name}, and nobody declares it`)
    return declaration
  })
}

function toDeclaration(match: RegExpExecArray): Declaration {
  const [text, comment = '', kind = '', name = ''] = match
  const code = text.slice(text.indexOf('export '))
  return {
    name,
    kind: kind as Declaration['kind'],
    about: comment
      .replaceAll(/^ *\*? ?/gm, '')
      .replace('@example\n', '')
      .trim(),
    code: kind === 'function' ? headOf(code) : kind === 'class' ? membersOf(code) : code,
  }
}

/** Up to where its body begins. */
const headOf = (code: string): string =>
  code.slice(0, /\)(?:: [^{]+)? \{$/m.exec(code)?.index).concat(resultOf(code))

const resultOf = (code: string): string => /(\)(?:: [^{]+)?) \{$/m.exec(code)?.[1] ?? ''

const membersOf = (code: string): string => `${code.replace(/\n\n? *constructor[\s\S]*/, '')}\n}`

const toMarkdown = ({ name, about, code }: Declaration): string =>
  [`### ${name}`, about, `\`\`\`ts\n${code}\n\`\`\``].filter(Boolean).join('\n\n')

/**
 * Blocks of the shell that ask no running proxy: each can be read by a shell, and each command in it is there, with
 * these options. What makes something of nothing is run. The others are run by `runbooks.test.ts` and
 * `quickstart.test.ts`.
 * @module
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { after, describe, it } from 'node:test'
import { Script } from 'node:vm'
import { GOALS } from '../faults/goals/index.ts'
import { ROOT, blocksIn } from './blocks.ts'
import { PARTS, commandsOf } from './commands.ts'
import type { Command } from './commands.ts'
import { runScript } from './live.ts'
import { SPANS } from './prose.ts'

/** Commands that make something of nothing: run as they stand, in a folder of their own. */
const HARMLESS = /^(keys|csp|sign|doctor --offline)\b/
const CLI = join(ROOT, 'cli/main.ts')
const EMPTY = mkdtempSync(join(tmpdir(), 'cc-docs-shell-'))
after(() => rmSync(EMPTY, { recursive: true, force: true }))

interface Package {
  readonly scripts: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, unknown>>
}

const readPackage = (path: string): Package =>
  JSON.parse(readFileSync(`${ROOT}${path}`, 'utf8')) as Package
const { scripts, exports } = readPackage('package.json')
const { scripts: exampleScripts } = readPackage('examples/esm/package.json')

/** Programs that the tests do not have, each with its reason. */
const ABSENT: Readonly<Record<string, string>> = {
  wrangler: 'deploys to Cloudflare; what it is given is read in `test/runtimes/`',
  docker: 'no Docker runs where the tests do; its files are carried out in `test/runtimes/`',
}

/** By its first word: what must hold of a command. */
const CHECKS: Readonly<Record<string, (command: Command) => void>> = {
  npm: checkNpm,
  npx: ({ words, place }) => {
    const [, name = ''] = words
    if (name in ABSENT) return
    if (name === 'tsc') return assert.ok(existsSync(`${ROOT}${words.at(-1)}/tsconfig.json`))
    assert.equal(name, 'crypto-checkout')
    checkCli(words.slice(2), place)
  },
  node: ({ words, place }) => {
    const [, first = ''] = words
    if (first === 'cli/main.ts') return checkCli(words.slice(2), place)
    if (first === '-p' || first === '-e') return checkScript(words[2] ?? '')
    const given = words.find((word, index) => index > 0 && !word.startsWith('-')) ?? ''
    const path = given.replace('node_modules/crypto-checkout/', '')
    assert.ok(path === 'pay/shop.mjs' || BUILT.includes(path) || existsSync(ROOT + path), path)
  },
  cp: ({ words: [, from = ''] }) => {
    const path = from.replace('node_modules/crypto-checkout/', '')
    assert.ok(existsSync(ROOT + path), from)
  },
}
/** What a build makes and a reader starts. */
const BUILT = ['dist/bin/main.js', 'dist/server/server.js']
/** npm's own, that are spoken of. */
const OF_NPM = ['audit', 'ci', 'deprecate', 'install', 'pack', 'sbom']
/** Programs of every machine, in lines beside ours. */
const PROGRAMS = ['cat', 'curl', 'echo', 'openssl', 'python3']

/** What is run elsewhere, and is more than simple commands. */
const ELSEWHERE = [
  'docs/alarms.md',
  'docs/merchant.md',
  'docs/observability.md',
  'docs/payouts.md',
  'docs/providers.md',
]

const BLOCKS = blocksIn('sh')
const plain = BLOCKS.filter(
  ({ file, code }) =>
    !ELSEWHERE.includes(file) &&
    (file !== 'docs/operations.md' || code.includes('migrate-store')) &&
    !code.includes('ask()') &&
    !code.includes('/paycrypto/settings'),
)

describe('commands in the text', () => {
  // Not those in which something stands for others.
  const inText = SPANS.filter(({ text }) => /^(npm|npx|node) [^<…]+$/.test(text))
  const places = Map.groupBy(inText, ({ text }) => text)
  for (const [code, [first]] of places) {
    it(`${first?.place}: ${code} is there, with these options`, () => {
      for (const command of commandsOf({ code, place: first?.place ?? '' }))
        CHECKS[command.words[0] ?? '']?.(command)
    })
  }

  it('are many', () => assert.ok(places.size > 40))
})

describe('blocks of the shell', () => {
  for (const block of BLOCKS) {
    it(`${block.place} can be read by a shell`, () => {
      const { status, stderr } = spawnSync('bash', ['-n'], { input: block.code, encoding: 'utf8' })
      assert.equal(status, 0, stderr)
    })
  }

  for (const block of plain) {
    it(`${block.place} names commands and options that are there`, () => {
      const commands = commandsOf(block)
      assert.ok(commands.length > 0)
      for (const command of commands) {
        const [name = ''] = command.words
        const check = CHECKS[name]
        if (check) check(command)
        else assert.ok(PROGRAMS.includes(name) || name in ABSENT, `${name} is not known here`)
      }
    })
  }

  it('leave nothing out that is not there', () => {
    const words = new Set(plain.flatMap(commandsOf).flatMap((command) => command.words.slice(0, 2)))
    for (const name of Object.keys(ABSENT)) assert.ok(words.has(name), name)
  })

  const made = plain
    .flatMap(commandsOf)
    .map(({ words, place }) => ({ words: cliWords(words), place }))
  for (const { words, place } of made.filter((each) => HARMLESS.test(each.words.join(' ')))) {
    const line = words.map((word) => `'${word}'`).join(' ')
    it(`${place}: ${words.join(' ')} does it`, async () => {
      const order = '{"orderId":"A-1001","amount":"620.00","currency":"TRY"}'
      const input =
        words.includes('sign') && !words.includes('--order-id') ? `echo '${order}' | ` : ''
      const given = line.replaceAll('sha384-…', `sha384-${'A'.repeat(64)}`)
      const env = {
        ORDER_SECRET: 'a-secret-of-the-documents-0123456789',
        PUBLIC_URL: 'https://pay.shop.example',
      }
      const ran = await runScript(`${input}node '${CLI}' ${given}`, EMPTY, env)
      // The doctor has something to say of a folder with nothing in it.
      assert.equal(ran.code, words[0] === 'doctor' ? 1 : 0, ran.errors)
      assert.ok(ran.output.length + ran.errors.length > 0)
    })
  }
})

/** The words after the name of ours; none where it is another command. */
function cliWords([first, second, ...rest]: readonly string[]): readonly string[] {
  const isOurs =
    (first === 'npx' && second === 'crypto-checkout') ||
    (first === 'node' && second === 'cli/main.ts')
  // Where the keys go is tried in the quickstart.
  return isOurs && !rest.includes('--out') && !rest.includes('--env-file') ? rest : []
}

function checkNpm({ words }: Command): void {
  const [, verb = '', ...rest] = words
  const name = verb === 'run' ? (rest.shift() ?? '') : verb
  const known = verb === 'run' ? Object.keys({ ...scripts, ...exampleScripts }) : OF_NPM
  assert.ok(known.includes(name) || name in scripts, `npm run ${name}`)
  const given = rest.filter((word) => word !== '--')
  if (name === 'test')
    for (const part of given) assert.ok(PARTS.includes(part), `npm test -- ${part}`)
  if (name === 'prove') {
    for (const goal of given) assert.ok(goal === '--long' || Object.hasOwn(GOALS, goal), goal)
  }
  if (name === 'example')
    for (const each of given) assert.ok(existsSync(`${ROOT}examples/${each}/README.md`), each)
}

/** A program in one line; what it takes from the package is exported there. */
function checkScript(code: string): void {
  assert.ok(new Script(code))
  for (const [, path = ''] of code.matchAll(/require\('crypto-checkout\/([^']+)'\)/g)) {
    assert.ok(Object.hasOwn(exports, `./${path}`), path)
  }
}

const helps = new Map<string, string>()

/** The options of a command are those of its help. */
function checkCli(words: readonly string[], place: string): void {
  const [name = '', second = ''] = words
  const path = name === 'webhook' ? [name, second] : [name]
  const help = helpOf(path)
  for (const option of words.filter((word) => word.startsWith('--'))) {
    assert.match(
      help,
      new RegExp(`^ +(-\\w, )?${option}\\b`, 'm'),
      `${place}: ${path.join(' ')} ${option}`,
    )
  }
}

function helpOf(path: readonly string[]): string {
  const key = path.join(' ')
  const known = helps.get(key)
  if (known !== undefined) return known
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...path, '--help'], {
    cwd: EMPTY,
    encoding: 'utf8',
  })
  assert.equal(status, 0, `${key}: ${stderr}`)
  helps.set(key, stdout)
  return stdout
}

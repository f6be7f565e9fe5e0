/**
 * Tables and lists of the documents that something else decides: each is compared with what it speaks of.
 * @module
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, readdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import process from 'node:process'
import { describe, it } from 'node:test'
import { THEME_NAMES } from '../../demo/gallery/themes.ts'
import { TRUSTED_TYPES } from '../../examples/shared/policy.ts'
import { PAYMENT_STATUSES } from '../../protocol/status.ts'
import { LANGUAGES } from '../../proxy/language.ts'
import { GOALS } from '../faults/goals/index.ts'
import { ROOT } from './blocks.ts'
import { PARTS } from './commands.ts'
import { readElement } from './element.ts'
import { proseOf } from './prose.ts'

const read = (path: string): string => readFileSync(ROOT + path, 'utf8')
const sorted = (list: Iterable<string>): readonly string[] => [...list].toSorted()

/** The cells of each row of a table: the first below a heading, or the one with a head like this. */
function rowsOf(page: string, where: string | RegExp): readonly (readonly string[])[] {
  const text = proseOf(page)
  const start = typeof where === 'string' ? text.indexOf(`\n${where}\n`) : text.search(where)
  assert.ok(start >= 0, `${page}: ${where}`)
  const [table = ''] = /(?:^\|.+\n?)+/m.exec(text.slice(start)) ?? []
  const rows = table.trim().split('\n').slice(2)
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  )
}

/** What stands as code in a cell. */
const words = (cell = ''): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word)

describe('ARCHITECTURE.md', () => {
  const rows = rowsOf('ARCHITECTURE.md', '## The tree')

  it('has every folder, and none that is not there', () => {
    const made = /^(\.|node_modules$|dist$|dist-docs$|data$|coverage$)/
    const there = readdirSync(ROOT, { withFileTypes: true }).filter(
      (each) => each.isDirectory() && !made.test(each.name),
    )
    assert.deepEqual(
      sorted(rows.map(([cell]) => words(cell)[0] ?? '')),
      sorted(there.map(({ name }) => `${name}/`)),
    )
  })

  for (const [folder = '', , borders = ''] of rows) {
    const file = `${words(folder)[0]}tsconfig.json`
    if (!existsSync(ROOT + file) || /everything|by its name/.test(borders)) continue
    it(`${file} draws the borders that it says`, () => {
      const { references } = JSON.parse(read(file)) as { references: { path: string }[] }
      const own = references.map(({ path }) => `${basename(path)}/`)
      assert.deepEqual(sorted(words(borders)), sorted(own))
    })
  }
})

describe('lists', () => {
  const column = (page: string, where: string | RegExp): readonly string[] =>
    sorted(rowsOf(page, where).flatMap(([cell]) => words(cell)))

  it('README.md: every attribute of the element', async () => {
    const { attributes } = await readElement()
    assert.deepEqual(column('README.md', /^\| attribute /m), sorted(attributes.keys()))
  })

  it('CONTRIBUTING.md: the parts of `npm test`', () => {
    const [, named = ''] = /npm test -- node # one part: (.+)/.exec(read('CONTRIBUTING.md')) ?? []
    assert.deepEqual(sorted(named.split(', ')), sorted(PARTS))
  })

  it('CONTRIBUTING.md: every file that has mutants', async () => {
    const config = (await import(`${ROOT}stryker.config.js`)) as { default: { mutate: string[] } }
    const files = globSync(config.default.mutate, { cwd: ROOT }).map((path) =>
      basename(path, '.ts'),
    )
    const named = rowsOf('CONTRIBUTING.md', '## How we test').flatMap(([, cell]) => words(cell))
    assert.deepEqual(sorted(named), sorted(files))
  })

  it('docs/supply-chain.md: every rule of the lint', () => {
    const rules = globSync('rules/lint/*.yml', { cwd: ROOT }).map((path) => basename(path, '.yml'))
    assert.deepEqual(column('docs/supply-chain.md', '## Lint rules'), sorted(rules))
  })

  it('docs/faults.md: every goal', () => {
    assert.deepEqual(column('docs/faults.md', '## The goals'), sorted(Object.keys(GOALS)))
  })

  it('docs/cli.md: every command', () => {
    const main = `${ROOT}cli/main.ts`
    const { stdout } = spawnSync(process.execPath, [main, '--help'], { encoding: 'utf8' })
    const [, list = ''] = stdout.split('Commands:\n')
    const commands = [...(list.split('\n\n')[0] ?? '').matchAll(/^ {2}(\S+)/gm)]
    const names = commands.map(([, name = '']) => name).filter((name) => name !== 'help')
    assert.deepEqual(column('docs/cli.md', /^\| command /m), sorted(names))
  })

  it('docs/merchant.md: every code of what is not genuine', () => {
    const [, codes = ''] =
      /type WebhookErrorCode =([^\n]*\n[^\n]*)/.exec(read('merchant/verify-webhook.ts')) ?? []
    const [, messages = ''] =
      /const MESSAGES = \{\n([^}]+)\}/.exec(read('merchant/verify-receipt.ts')) ?? []
    const page = 'docs/merchant.md'
    assert.deepEqual(
      column(page, /^\| code +\| means +\|$/m),
      sorted([...codes.matchAll(/'(\w+)'/g)].map(([, code = '']) => code)),
    )
    assert.deepEqual(
      column(page, /^\| code +\| means +\| taken with/m),
      sorted([...messages.matchAll(/^ +(\w+):/gm)].map(([, code = '']) => code)),
    )
  })

  it('docs/payouts.md: every status', () => {
    const [, list = ''] = /PayoutStatus =([\s\S]+?)\n\n/.exec(read('proxy/payout.ts')) ?? []
    const statuses = [...list.matchAll(/'(\w+)'/g)].map(([, status = '']) => status)
    assert.deepEqual(column('docs/payouts.md', /^\| status /m), sorted(statuses))
  })

  it('docs/merchant.md: every status that an order can come to', () => {
    // An attempt that failed leaves the order as it was.
    const all = PAYMENT_STATUSES.filter((status) => status !== 'failed')
    assert.deepEqual(new Set(column('docs/merchant.md', /^\| `status` /m)), new Set(all.toSorted()))
  })

  it('README.md and docs/languages.md: every language', () => {
    const [, row = ''] = /^\| `locale` +\| (.+) \|$/m.exec(read('README.md')) ?? []
    assert.deepEqual(sorted(words(row).filter((word) => word !== 'lang')), sorted(LANGUAGES))
    const names = new Intl.DisplayNames('en', { type: 'language' })
    const [, said = ''] = /^# Languages\n\n(.+):/.exec(read('docs/languages.md')) ?? []
    for (const language of LANGUAGES) assert.ok(said.includes(names.of(language) ?? ''), language)
  })

  it('examples/README.md: every example, and its policies', () => {
    const folders = globSync('examples/*/README.md', { cwd: ROOT }).map((path) => dirname(path))
    const named = column('examples/README.md', /^\| example /m)
    assert.deepEqual(named, sorted(folders.map((folder) => basename(folder))))
    const policies = rowsOf('examples/README.md', /^\| page /m).flatMap(([, cell]) => words(cell))
    const needed = Object.values(TRUSTED_TYPES).map((names) => names.join(' '))
    assert.deepEqual(sorted(policies), sorted(new Set(needed)))
  })

  it('docs/theming.md: every theme', () => {
    const [, text = ''] = proseOf('docs/theming.md').split('## Ready themes')
    for (const theme of THEME_NAMES) assert.ok(words(text).includes(theme), theme)
  })
})

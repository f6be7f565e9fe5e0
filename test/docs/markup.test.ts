/**
 * Blocks of HTML, CSS, JSON, YAML and of settings: each is read by a parser, and every name in it that is ours is in
 * the element's description, in the package, or among the proxy's variables.
 * @module
 */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { format } from 'prettier'
import { policyText, smallestPolicy } from '../../demo/hosts/policy.ts'
import { COMMON_FIELDS, EVENTS } from '../../proxy/events.ts'
import { readConfig } from '../../proxy/config.ts'
import { ROOT, BLOCKS, blocksIn, blockWith } from './blocks.ts'
import type { Block } from './blocks.ts'
import { readElement } from './element.ts'

const element = await readElement()

/** Of every element: HTML's own. */
const OF_ALL = ['class', 'id', 'slot', 'lang', 'dir', 'title', 'hidden', 'style']
/** What a framework writes around a name: an attribute or property in, an event out. */
const BINDINGS: readonly (readonly [RegExp, 'attribute' | 'property' | 'event'])[] = [
  [/^:(.+)$/, 'attribute'],
  [/^@(.+)$/, 'event'],
  [/^\[(.+)\]$/, 'property'],
  [/^\((.+)\)$/, 'event'],
]

describe('blocks of HTML', () => {
  for (const block of blocksIn('html')) {
    it(`${block.place} is HTML, and names what the element has`, async () => {
      await assertParses(block, block.code.includes('[proxy]') ? 'angular' : 'vue', 'html')
      for (const [, tag = ''] of block.code.matchAll(/<crypto-checkout\s*((?:"[^"]*"|[^">])*)>/g)) {
        for (const [, name = '', value] of tag.matchAll(/([^\s=]+)(?:="([^"]*)")?/g))
          assertAttribute(name, value)
      }
      const inner = block.code.match(/<crypto-checkout[\s\S]*?<\/crypto-checkout>/g) ?? []
      for (const [, name = ''] of inner.join('').matchAll(/ slot="([^"]+)"/g)) {
        assert.ok(element.slots.has(name), `slot ${name}`)
      }
      for (const [, name = ''] of block.code.matchAll(/\/themes\/(\w+\.css)/g)) {
        assert.ok(globSync(`widget/themes/${name}`, { cwd: ROOT }).length > 0, name)
      }
    })
  }
})

function assertAttribute(written: string, value: string | undefined): void {
  const [binding, kind] = BINDINGS.find(([pattern]) => pattern.test(written)) ?? []
  const name = binding?.exec(written)?.[1] ?? written
  if (kind === 'event') return assert.ok(element.events.has(name), `event ${name}`)
  if (kind === 'property') return assert.ok(element.properties.has(name), `property ${name}`)
  if (OF_ALL.includes(name)) return
  const type = element.attributes.get(name)
  assert.ok(type !== undefined, `attribute ${name}`)
  const words = [...type.matchAll(/'([^']+)'/g)].map(([, word]) => word)
  if (kind === undefined && value !== undefined && words.length > 0)
    assert.ok(words.includes(value), `${name}="${value}"`)
}

describe('blocks of CSS', () => {
  for (const block of blocksIn('css')) {
    it(`${block.place} is CSS, and names what the element has`, async () => {
      await assertParses(block, 'css')
      for (const [name] of block.code.matchAll(/--cc-[\w-]+/g))
        assert.ok(element.tokens.has(name), name)
      for (const [, names = ''] of block.code.matchAll(/::part\(([^)]+)\)/g)) {
        for (const name of names.split(' ')) assert.ok(element.parts.has(name), `part ${name}`)
      }
      for (const [, name = ''] of block.code.matchAll(/:state\(([^)]+)\)/g))
        assert.ok(element.states.has(name), `state ${name}`)
    })
  }
})

describe('blocks of JSON and YAML', () => {
  for (const block of blocksIn('json'))
    it(`${block.place} is JSON`, () => void JSON.parse(block.code))
  for (const block of blocksIn('yaml'))
    it(`${block.place} is YAML`, () => assertParses(block, 'yaml'))
})

/** Settings of another program. */
const isUnit = ({ code }: Block): boolean => code.startsWith('[Unit]')

describe('blocks of settings', () => {
  const base = {
    PUBLIC_URL: 'https://pay.shop.example',
    ALLOWED_ORIGINS: 'https://shop.example',
    PROXY_SECRET: 'a-secret-of-the-documents-0123456789',
    // A pair: the pages show one of the two.
    MERCHANT_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
    MERCHANT_WEBHOOK_URL: 'https://shop.example/webhooks',
    REDOYA_IDENTIFIER: 'eyJhbGciOiJIUzI1NiJ9.e30.AA',
    REDOYA_SECRET: 'a-secret-of-redoya',
    ORDER_SECRET: 'another-secret-of-the-documents-0123456789',
  }
  for (const block of blocksIn('ini').filter((each) => !isUnit(each))) {
    it(`${block.place} is taken by the proxy`, () => {
      const lines = block.code.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
      const given = Object.fromEntries(
        lines.map((line) => /^([A-Z_]+)=(.*)$/.exec(line)?.slice(1) ?? assert.fail(line)),
      )
      const files = { './pay/catalogue.json': 'demo/catalogue.json', './wallets.txt': 'any' }
      const variables = Object.entries(given as Record<string, string>).map(([name, value]) => [
        name,
        Object.entries(files).reduce((text, [from, to]) => text.replace(from, to), value),
      ])
      const example = readFileSync(`${ROOT}.env.example`, 'utf8')
      for (const [name] of variables) assert.match(example, new RegExp(`^(# )?${name}=`, 'm'))
      readConfig({ ...base, ...Object.fromEntries(variables) })
    })
  }

  it('a unit of systemd: sections, and a stop that is long enough', () => {
    const { code } = blockWith('docs/deployment.md', '[Unit]')
    assert.match(
      code,
      /^\[Unit\]\n(\w+=.+\n)+\n\[Service\]\n(\w+=.+\n)+\n\[Install\]\n(\w+=.+\n)+$/,
    )
    assert.match(code, /^ExecStart=.* node_modules\/crypto-checkout\/dist\/server\/server\.js$/m)
    assert.match(readFileSync(`${ROOT}package.json`, 'utf8'), /"dist\/server",/)
    // `proxy/server.ts` gives up after 25 s.
    assert.ok(Number(/TimeoutStopSec=(\d+)/.exec(code)?.[1]) > 25)
  })
})

describe('blocks of text', () => {
  const lines = blocksIn('text').filter(({ code }) => code.startsWith('{'))
  for (const block of lines) {
    it(`${block.place} is a line of the log`, () => {
      const {
        time: _time,
        level,
        event,
        ...fields
      } = JSON.parse(block.code) as Record<string, unknown>
      const spec:
        { readonly levels: readonly string[]; readonly fields: readonly string[] } | undefined =
        EVENTS[event as keyof typeof EVENTS]
      assert.ok(spec?.levels.includes(String(level)))
      const known: readonly string[] = [...COMMON_FIELDS, ...spec.fields]
      assert.deepEqual(
        Object.keys(fields).filter((name) => !known.includes(name)),
        [],
      )
    })
  }

  it('the smallest policy is the one that is tested', () => {
    const { code } = blockWith('docs/strict-hosts.md', "default-src 'none'")
    const {
      'base-uri': _base,
      'form-action': _form,
      'frame-ancestors': _frame,
      ...policy
    } = smallestPolicy('https://pay.shop.example')
    assert.equal(code.trim().replaceAll('\n', ' '), policyText(policy))
  })
})

describe('blocks that are shown of a file', () => {
  const files = globSync('docs/recipes/*', { cwd: ROOT }).map((path) =>
    readFileSync(ROOT + path, 'utf8'),
  )
  for (const block of blocksIn('php', 'python')) {
    it(`${block.place} is the recipe that is tested`, () => assert.ok(files.includes(block.code)))
  }
})

/** Blocks that are neither read nor run, each with its reason. */
const UNRUN: readonly (readonly [file: string, words: string, reason: string])[] = [
  ['ARCHITECTURE.md', "shopper's page", 'a drawing'],
  ['docs/faults.md', 'G1 notifications', 'what a command printed'],
  ['docs/cli.md', 'ok       Node', 'what a command printed'],
  ['docs/deployment.md', 'proxy_pass', 'settings of a web server, which is not here'],
]

/** Languages, and what reads or runs each of their blocks. */
const LANGUAGES: Readonly<Record<string, string>> = {
  sh: 'shell.test.ts',
  ts: 'code.test.ts',
  tsx: 'code.test.ts',
  js: 'code.test.ts',
  svelte: 'code.test.ts',
  sql: 'sql.test.ts',
  html: 'here',
  css: 'here',
  json: 'here',
  yaml: 'here',
  ini: 'here',
  php: 'here',
  python: 'here',
}

describe('every block', () => {
  for (const block of BLOCKS) {
    it(`${block.place} is read or run by a test, or says why not`, () => {
      const isUnrun = UNRUN.some(
        ([file, words]) => block.file === file && block.code.includes(words),
      )
      const isText = block.language === 'text' && block.code.startsWith('{')
      const isPolicy = block.file === 'docs/strict-hosts.md' && block.language === ''
      assert.ok(
        isUnrun || isText || isPolicy || LANGUAGES[block.language] !== undefined,
        block.language || 'no language',
      )
    })
  }

  it('of those that are not is still there', () => {
    for (const [file, words, reason] of UNRUN) assert.ok(blockWith(file, words) && reason)
    for (const language of Object.keys(LANGUAGES))
      assert.ok(blocksIn(language).length > 0, language)
  })
})

async function assertParses({ code }: Block, ...parsers: readonly string[]): Promise<void> {
  const source =
    parsers[0] === 'vue' ? code.replaceAll(/<\/?(html|head|body)[^>]*>|<!doctype[^>]*>/g, '') : code
  for (const parser of parsers)
    await format(parser === 'vue' ? `<template><div>${source}</div></template>` : code, { parser })
}

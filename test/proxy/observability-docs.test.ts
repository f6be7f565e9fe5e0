import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { ALARMS } from '../../proxy/alarms.ts'
import { EVENTS } from '../../proxy/events.ts'
import { readSamples } from './logged.ts'
import { MERCHANT_KEY, startFullStack } from './support.ts'
import type { Stack } from './support.ts'

const ROOT = new URL('../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8')

/** The rows of the tables of a text whose first cell is code or a link, cell by cell. */
const rowsOf = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .filter((line) => /^\| [`[]/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )

const words = (cell = ''): readonly string[] =>
  [...cell.matchAll(/`([^`]+)`/g)].map((m) => m[1] ?? '')

/** What stands between two headings. */
const section = (text: string, heading: string): string =>
  text.split(/^## /m).find((part) => part.startsWith(heading)) ?? assert.fail(heading)

/** A heading as a link names it. */
const anchorsOf = (path: string): ReadonlySet<string> =>
  new Set(
    [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\d _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )

/** Every source of the proxy but the tables themselves. */
const source = globSync('proxy/**/*.ts', { cwd: ROOT })
  .filter((path) => !/proxy\/(events|alarms)\.ts$/.test(path))
  .map((path) => read(path))
  .join('\n')

describe('the table of events', () => {
  const documented = new Map(
    rowsOf(section(read('docs/observability.md'), 'Events')).map(
      ([event, levels = '', fields, means = '']) => [
        words(event)[0] ?? '',
        { levels: levels.split(', '), fields: words(fields), means },
      ],
    ),
  )

  it('has every event that there is, and none that is not', () => {
    assert.deepEqual([...documented.keys()].toSorted(), Object.keys(EVENTS).toSorted())
  })

  for (const [event, { levels, fields }] of Object.entries(EVENTS)) {
    it(`${event}: its levels, its fields, what it means; and it is logged somewhere`, () => {
      const row = documented.get(event)
      assert.deepEqual([row?.levels, row?.fields], [[...levels], [...fields]])
      assert.ok((row?.means ?? '').length > 5)
      assert.ok(source.includes(`'${event}'`), 'nothing logs it')
    })
  }
})

describe('the document of alarms', () => {
  const text = read('docs/alarms.md')
  const rows = new Map(
    rowsOf(text).map(([name = '', level, event]) => [
      /\[(\w+)\]\(#\1\)/.exec(name)?.[1],
      { level, event },
    ]),
  )

  it('has a row for each alarm, and none for any other', () => {
    assert.deepEqual(new Set(rows.keys()), new Set(Object.keys(ALARMS)))
    assert.equal(rowsOf(text).length, rows.size)
  })

  for (const [alarm, level] of Object.entries(ALARMS)) {
    it(`${alarm}: its level, its event, what it means, a command, and when it is over`, () => {
      const row = rows.get(alarm)
      assert.equal(row?.level, level)
      const [event = ''] = words(row?.event)
      assert.ok(Object.hasOwn(EVENTS, event), event)
      assert.ok(
        (EVENTS as Record<string, { levels: readonly string[] }>)[event]?.levels.includes(level),
      )
      const part = section(text, `${alarm}\n`)
      assert.match(part, /```sh\n.+\n```/s)
      assert.match(part, /\bOver: /)
    })

    it(`${alarm}: something raises it, and a test sees it`, () => {
      assert.ok(
        new RegExp(`['"]${alarm}['"]`).test(read('proxy/alarms.ts').split('alarmOf')[1] ?? '') ||
          source.includes(`alarm: '${alarm}'`),
      )
      const tests = globSync('test/**/*.test.ts', { cwd: ROOT }).filter(
        (path) => !path.endsWith('observability-docs.test.ts'),
      )
      assert.ok(tests.some((path) => read(path).includes(`'${alarm}'`)))
    })
  }
})

describe('links between the documents', () => {
  for (const page of ['alarms.md', 'observability.md', 'operations.md']) {
    it(`of ${page} end at a heading`, () => {
      const links = [...read(`docs/${page}`).matchAll(/\]\(([\w.-]*\.md)?#([\w-]+)\)/g)]
      assert.ok(links.length > 5)
      for (const [, other = page, anchor = ''] of links) {
        assert.ok(anchorsOf(`docs/${other}`).has(anchor), `${other}#${anchor}`)
      }
    })
  }
})

describe('the metrics', () => {
  let stack: Stack
  let scraped = ''
  before(async () => {
    stack = await startFullStack()
    // One of each kind that has no number before something happened.
    const checkout = await stack.openCheckout()
    await stack.start(checkout, 'lipaykripto')
    await stack.merchant('POST', `/checkouts/${checkout.id}/cancel`, {})
    await stack.request('POST', '/v1/webhooks/lipaykripto', {})
    const headers = { authorization: `Bearer ${MERCHANT_KEY}` }
    scraped = await (await fetch(`${stack.url}/metrics`, { headers })).text()
  })
  after(() => stack.close())

  const typesOf = (text: string): ReadonlyMap<string, string> =>
    new Map(
      [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type]),
    )

  it('are those of the document, with its types and labels', () => {
    const rows = rowsOf(section(read('docs/observability.md'), 'Metrics'))
    const types = typesOf(scraped)
    assert.deepEqual(new Set(rows.map(([name]) => words(name)[0])), new Set(types.keys()))
    for (const [cell, type, labels] of rows) {
      const [name = ''] = words(cell)
      assert.equal(types.get(name), type, name)
      const samples = readSamples(scraped).filter((sample) =>
        [name, `${name}_bucket`, `${name}_sum`, `${name}_count`].includes(sample.name),
      )
      assert.ok(samples.length > 0, name)
      const seen = new Set(samples.flatMap((sample) => Object.keys(sample.labels)))
      seen.delete('le')
      assert.deepEqual([...seen].toSorted(), words(labels).toSorted(), name)
    }
  })

  it('are all that the alerts ask for, by labels that are there', () => {
    const rules = read('docs/alerts.yaml')
    const known = readSamples(scraped)
    const asked = [...rules.matchAll(/\b((?:crypto_checkout|process|nodejs)_\w+)(?:\{([^}]*)\})?/g)]
    assert.ok(asked.length > 15)
    for (const [, name = '', matchers = ''] of asked) {
      const samples = known.filter((sample) => sample.name === name)
      assert.ok(samples.length > 0, name)
      for (const [, label = ''] of matchers.matchAll(/(\w+)\s*(?:=~|!=|=|!~)/g)) {
        assert.ok(
          samples.some((sample) => label in sample.labels),
          `${name}: ${label}`,
        )
      }
      const alarms = /alarm=~"([^"]+)"/.exec(matchers)?.[1]?.split('|') ?? []
      for (const alarm of alarms) assert.ok(Object.hasOwn(ALARMS, alarm), alarm)
    }
  })
})

describe('the alerts', () => {
  const rules = read('docs/alerts.yaml')
    .split(/^ {6}- alert: /m)
    .slice(1)
    .map((text) => ({ text, name: text.split('\n', 1)[0] ?? '' }))

  it('have names of their own', () => {
    assert.ok(rules.length > 10)
    assert.equal(new Set(rules.map(({ name }) => name)).size, rules.length)
  })

  for (const { name, text } of rules) {
    it(`${name}: how bad it is, in words, and a section that says what to do`, () => {
      assert.match(text, /^ {8}labels: \{ severity: (page|ticket) \}$/m)
      assert.match(text, /^ {10}summary: \S/m)
      const [, page = '', anchor] = /^ {10}runbook: ([\w.-]+)(?:#([\w-]+))?$/m.exec(text) ?? []
      if (anchor !== undefined)
        assert.ok(anchorsOf(`docs/${page}`).has(anchor), `${page}#${anchor}`)
      else assert.ok(read(`docs/${page}`).length > 0)
    })
  }

  it('leave no alarm out', () => {
    const all = rules.map(({ text }) => text).join('\n')
    for (const alarm of Object.keys(ALARMS)) {
      const isNamed = new RegExp(`alarm=~"[^"]*\\b${alarm}\\b|alarms\\.md#${alarm}\\b`).test(all)
      assert.ok(isNamed, alarm)
    }
  })
})

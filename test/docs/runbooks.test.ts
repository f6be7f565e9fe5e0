/**
 * The commands that ask a running proxy, one block after the other, in a real shell and against a real proxy with
 * the sandbox behind it; and the answers that the page of providers shows.
 * @module
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import process from 'node:process'
import { after, before, describe, it } from 'node:test'
import { blocksIn, blockWith, BLOCKS } from './blocks.ts'
import type { Block } from './blocks.ts'
import { missingProgram, startWorld } from './live.ts'
import type { Ran, World } from './live.ts'

const missing = missingProgram()
/** Left out where a program is missing; where everything has to be there, that is a failure. */
const isLeftOut = missing !== undefined && process.env['CI'] !== 'true'
const skip = isLeftOut ? `${missing} is not installed` : false

const PROVIDERS = 'docs/providers.md'

/** Lines that a test cannot run, by their words, each with its reason. */
const LEFT_OUT: readonly (readonly [words: string, reason: string])[] = [
  ['pg_dump', 'a program of PostgreSQL, which the tests do not have'],
]

/** Blocks that ask nobody, or are looked at elsewhere. */
const NOT_HERE = ['migrate-store', '#!/bin/sh']

/** What a block is told before it runs, where that is more than the page's own first block. */
const BEFORE: Readonly<Record<string, string>> = {
  'cp backup.db': 'mkdir copy && cp -r data backup.db copy && cd copy',
}

const RUNBOOKS = ['alarms', 'merchant', 'observability', 'operations', 'payouts'].map(
  (name) => `docs/${name}.md`,
)
const FIRST_LOOKS = blockWith('docs/operations.md', 'ask() {').code

describe('the commands of the runbooks', { skip }, () => {
  const { run } = useWorld()
  for (const block of blocksIn('sh').filter(({ file }) => RUNBOOKS.includes(file))) {
    if (NOT_HERE.some((words) => block.code.includes(words))) continue
    it(`${block.place} runs`, async () => {
      assertNoProblem(await run(block, block.code === FIRST_LOOKS ? '' : FIRST_LOOKS))
    })
  }
})

describe('what the README asks the demo', { skip }, () => {
  const { run } = useWorld()
  for (const block of blocksIn('sh')) {
    if (block.file !== 'README.md' || !block.code.includes('localhost')) continue
    it(`${block.place} runs`, async () => assertNoProblem(await run(block, '')))
  }
})

describe('the merchant’s routes, tried', { skip }, () => {
  const { run } = useWorld()
  const shown = BLOCKS.filter(({ file }) => file === PROVIDERS)
  for (const [index, block] of shown.entries()) {
    if (block.language !== 'sh') continue
    const answer = shown[index + 1]
    it(`${block.place} runs, and answers as it is shown`, async () => {
      const { output } = await run(block, index === 0 ? '' : (shown[0]?.code ?? ''))
      if (answer?.language !== 'json') return
      // Of several commands, the answer to the last one.
      assertShown(JSON.parse(answer.code), JSON.parse(output.slice(output.lastIndexOf('}{') + 1)))
    })
  }
})

describe('the lists of this test', () => {
  it('leave no line out without need', () => {
    for (const [left] of LEFT_OUT)
      assert.ok(
        BLOCKS.some(({ code }) => code.includes(left)),
        left,
      )
    for (const name of NOT_HERE)
      assert.ok(
        BLOCKS.some(({ code }) => code.includes(name)),
        name,
      )
    for (const name of Object.keys(BEFORE))
      assert.ok(
        BLOCKS.some(({ code }) => code.includes(name)),
        name,
      )
  })
})

/** A proxy for the tests of one page, and what runs its blocks. */
function useWorld(): { run(block: Block, prelude: string): Promise<Ran> } {
  let world: World
  let words: readonly (readonly [string, string])[]
  let given: string
  before(async () => {
    world = await startWorld()
    ;({ words, given } = await prepare(world))
  })
  after(() => world.close())
  /** As the page has it, but for addresses and ids. */
  const localize = (code: string): string =>
    words.reduce(
      (text, [from, to]) => text.replaceAll(from, to),
      code
        .split('\n')
        .filter((line) => !LEFT_OUT.some(([left]) => line.includes(left)))
        .join('\n'),
    )
  return {
    async run(block, prelude) {
      const [, special = ''] =
        Object.entries(BEFORE).find(([key]) => block.code.includes(key)) ?? []
      const script = [prelude, given, special, block.code].map(localize).join('\n')
      const ran = await world.run(script, { MERCHANT_API_KEY: world.secrets.merchantKey })
      assert.equal(ran.errors, '')
      assert.equal(ran.code, 0, ran.output)
      return ran
    },
  }
}

/** A refusal is an answer, too. */
const assertNoProblem = ({ output }: Ran): void =>
  assert.doesNotMatch(output, /"title":|^[45]\d\d$/m)

/** Values that are the same in every try. */
const SAME = new Set(
  [
    'amount',
    'asset',
    'capabilities',
    'code',
    'coin',
    'currency',
    'detail',
    'field',
    'flow',
    'isDown',
  ].concat([
    'isExclusive',
    'provider',
    'requestId',
    'requested',
    'status',
    'testMode',
    'title',
    'webhook',
  ]),
)

/** Everything that the page shows is there; `…` stands for the rest. */
function assertShown(wanted: unknown, found: unknown, path = ''): void {
  if (Array.isArray(wanted)) {
    assert.ok(Array.isArray(found), path)
    for (const [index, each] of wanted.entries()) {
      if (each === '…') return
      const same = found.find((other) => idOf(other) !== undefined && idOf(other) === idOf(each))
      assertShown(each, same ?? found[index], `${path}[${index}]`)
    }
  } else if (typeof wanted === 'object' && wanted !== null) {
    assert.ok(typeof found === 'object' && found !== null, path)
    for (const [name, each] of Object.entries(wanted)) {
      if (name === '…') continue
      assert.ok(Object.hasOwn(found, name), `${path}.${name} is not there`)
      const value: unknown = (found as Record<string, unknown>)[name]
      if (SAME.has(name) && each !== '…' && typeof each !== 'object')
        assert.equal(value, each, `${path}.${name}`)
      else assertShown(each, value, `${path}.${name}`)
    }
  } else if (wanted !== '…') assert.equal(typeof found, typeof wanted, path)
}

const idOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined

/** What the pages speak of, and by which names they do. */
async function prepare(world: World) {
  const { stack, secrets } = world
  const notify = `${stack.url}/v1/webhooks/paycrypto`
  await stack.control('POST', '/paycrypto/settings', { webhookUrl: notify })
  const paid = await world.begin('A-1001', 'cryptom:USDT', '620.00')
  await world.play('cryptom', 'pay')
  await world.play('cryptom', 'done')
  await world.settle(paid)
  const waiting = []
  for (let count = 0; count < 3; count += 1) {
    const checkout = await world.begin(`R-${count}-${randomUUID()}`, 'paycrypto')
    await world.play('paycrypto', 'abnormal')
    waiting.push(await world.settle(checkout))
  }
  const open = await world.begin('A-1002', 'paycrypto')
  await world.begin('A-1003', 'cryptom:TRX')
  await world.merchant('POST', '/payouts', {
    provider: 'lipaykripto',
    requestId: 'W-1001',
    amount: '100.00',
    currency: 'TRY',
    asset: 'TRX',
    address: 'TXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3gq',
  })
  const failed = await givenUp(world)
  const [first, second] = waiting
  assert.ok(first && second)
  const log = stack.logs.map((line) => line.trim())
  const stamped = log.find((line) => line.includes('"requestId"')) ?? ''
  const [, requestId = ''] = /"requestId":"([^"]+)"/.exec(stamped) ?? []
  log.push('{"level":"warn","event":"redoya.identifier_expires","alarm":"identifier_expires"}')
  world.writeFile('the.log', `${log.join('\n')}\n`)
  const words = [
    ['https://pay.shop.example', stack.url],
    ['http://localhost:8787', stack.url],
    ['http://localhost:8788', stack.url],
    ['http://localhost:4010', stack.sandbox.urls.control],
    ['ID=…', `ID=${first.id}`],
    ['msg_…', failed],
    ['bG-L…', paid.id],
    ['0b7c…', requestId],
    // One of two ways to the same file.
    ["vacuum into 'backup.db'", "vacuum into 'another.db'"],
    ['i2BSF5qYv1Yyxaen5eUfLQ', second.id],
    ['5vVXCL8zdRSQ1SL5O325Sg', open.id],
  ] as const
  const given = [
    `MERCHANT_API_KEY=${secrets.merchantKey}`,
    `ID=${first.id} PAYMENT=${first.payments[0]?.id} PAYOUT=W-1001`,
  ].join('\n')
  return { words, given }
}

/** The id of a notification that the merchant did not want. */
async function givenUp({ merchant }: World): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const { deliveries } = await merchant<{ deliveries: { id: string }[] }>(
      'GET',
      '/deliveries?status=failed',
    )
    if (deliveries[0]) return deliveries[0].id
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
  }
  throw new Error('nothing was given up')
}

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { PROBLEMS } from '../../../protocol/api.ts'
import { ProviderError } from '../../../proxy/errors.ts'
import { startStack, testContext, fullEnvironment } from '../support.ts'
import { ENDPOINTS, nameOf } from './endpoints.ts'
import type { Endpoint } from './endpoints.ts'
import { CANARY, SLOW, WIRE, startHostileServer } from './hostile-server.ts'
import type { Answer, HostileServer } from './hostile-server.ts'
import { FACTORIES, NOW, PROVIDER_NAMES, scripted, usualAnswer } from './order-samples.ts'

const MAX_WORDS = 256
const MAX_MS = 8500
/** The cap of 256 KiB, what two sockets hold, and a margin. */
const MAX_SENT = 8 * 2 ** 20

/** An error as it must be: ours, short, and without a word of theirs. */
function isTyped(error: unknown): true {
  assert.ok(error instanceof ProviderError, error instanceof Error ? error.stack : String(error))
  assert.ok(error.message.length <= MAX_WORDS)
  assert.ok(Object.hasOwn(PROBLEMS, error.code), `no code of ours: ${error.code}`)
  assert.ok(!`${error.message} ${error.providerCode}`.includes(CANARY), error.message)
  return true
}

/** Nothing that came of it says that money came, or holds a novel. */
function isHarmless(result: unknown): void {
  const text = JSON.stringify(result) ?? ''
  assert.ok(!/"status":"(paid|confirmed|refunded)"/.test(text), text.slice(0, 300))
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
}

describe('a hostile provider, on the wire', { concurrency: 4 }, () => {
  let server: HostileServer
  before(async () => {
    server = await startHostileServer()
  })
  after(() => server.close())

  async function meet(endpoint: Endpoint, answer: Answer): Promise<void> {
    const own = await startHostileServer()
    try {
      own.play(endpoint.provider, endpoint.path, answer)
      const factory = FACTORIES[endpoint.provider](`${own.url}/${endpoint.provider}`)
      const begin = performance.now()
      await assert.rejects(async () => endpoint.run(factory(testContext(() => NOW))), isTyped)
      assert.ok(performance.now() - begin < MAX_MS)
      assert.deepEqual(own.elsewhere, [], 'nothing was sent on')
      assert.ok(own.sent.most < MAX_SENT, `${own.sent.most} bytes were read`)
    } finally {
      await own.close()
    }
  }

  for (const endpoint of ENDPOINTS) {
    it(`${nameOf(endpoint)}: a typed error, in bounded time and memory`, async () => {
      for (const answer of Object.values(WIRE)) await meet(endpoint, answer)
    })
  }

  describe('slowly', { concurrency: ENDPOINTS.length }, () => {
    for (const endpoint of ENDPOINTS) {
      it(`${nameOf(endpoint)}: given up in time`, async () => {
        await Promise.all(Object.values(SLOW).map((answer) => meet(endpoint, answer)))
      })
    }
  })
})

const DEEP = 100_000

/** Texts in place of an answer, whatever was asked. */
const TEXTS: Readonly<Record<string, string>> = {
  nothing: '',
  blanks: '   \n',
  null: 'null',
  true: 'true',
  'a number': '7',
  'a text': `"${CANARY}"`,
  'a list': '[]',
  'an object': '{}',
  'no JSON': `${CANARY}{`,
  'JSON, and more': `{} ${CANARY}`,
  'half of one': '{"success":true,"data":{"order"',
  'lists in lists': '['.repeat(DEEP),
  'lists in lists, closed': '['.repeat(DEEP) + ']'.repeat(DEEP),
  'objects in objects': `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
  'results in results': `${'{"code":0,"result":'.repeat(50)}{}${'}'.repeat(50)}`,
  'an error of theirs': `{"success":false,"error":"${CANARY}","type":"${CANARY}","code":1}`,
  'an error that is a list': '{"success":false,"error":[{}],"type":[],"code":"x"}',
  'a prototype': '{"__proto__":{"polluted":true,"success":true,"data":{},"code":0}}',
  'a constructor': '{"constructor":{"prototype":{"polluted":true}}}',
  'a number that is none': '{"code":NaN}',
  'UTF-16': Buffer.from('{"code":0}', 'utf16le').toString('latin1'),
  'bytes that are no text': '\u00ff\u00fe\u0000\u0001',
}

describe('a hostile provider, in its words', () => {
  /** The last answer is the one that is spoiled: what was asked before it is as usual. */
  const meet = async (
    endpoint: Endpoint,
    body: string | Uint8Array<ArrayBuffer>,
    status = 200,
  ): Promise<unknown> => {
    const { provider } = scripted(endpoint.provider, ({ url }) =>
      endpoint.path.test(url.pathname) ? new Response(body, { status }) : undefined,
    )
    try {
      return await endpoint.run(provider)
    } catch (error) {
      isTyped(error)
      return undefined
    }
  }

  for (const endpoint of ENDPOINTS) {
    it(`${nameOf(endpoint)}: a typed error, or nothing of it is believed`, async () => {
      for (const text of Object.values(TEXTS)) {
        isHarmless(await meet(endpoint, text))
        isHarmless(await meet(endpoint, `\ufeff${text}`))
      }
    })
  }

  const REFUSALS: readonly object[] = ['constructor', 'toString', '__proto__', CANARY].flatMap(
    (word) => [
      { error: word },
      { success: false, error: word },
      { success: false, error: { code: word, message: word } },
      { success: false, error: { errorCode: word, message: word } },
      { name: word, message: word, code: word, type: word },
    ],
  )

  for (const endpoint of ENDPOINTS) {
    it(`${nameOf(endpoint)}: a refusal is one of ours, whatever it is called there`, async () => {
      for (const refusal of REFUSALS) {
        for (const status of [200, 400, 401, 404]) {
          isHarmless(await meet(endpoint, JSON.stringify(refusal), status))
        }
      }
    })
  }

  const VALUES = [
    'null',
    'true',
    'false',
    '0',
    '-1',
    '1.5',
    '9007199254740993',
    '1e400',
    '-1e-7',
    '[]',
    '{}',
    '""',
    `"${CANARY}"`,
    `"${'x'.repeat(100_000)}"`,
    '"\\ud800"',
    '"\\u0000\\u001b[2J\\n"',
    '"../../../../admin"',
    '"<img src=x onerror=alert(1)>"',
    '"javascript:alert(1)"',
    '{"toString":1,"valueOf":null}',
    '[[[[]]]]',
  ]

  for (const endpoint of ENDPOINTS) {
    const path = endpoint.path.source.replaceAll(/[\\^$]/g, '')
    const usual = JSON.stringify(usualOf(endpoint, path))
    it(`${nameOf(endpoint)}: each member in turn is anything else`, async () => {
      for (const [place, length] of membersOf(usual)) {
        for (const value of VALUES) {
          const body = usual.slice(0, place) + value + usual.slice(place + length)
          // This one word is the provider's own, and it is believed.
          if (body.includes('"isTransferComplete":true')) continue
          isHarmless(await meet(endpoint, body))
        }
        const without = usual.slice(0, place) + 'null' + usual.slice(place + length)
        isHarmless(await meet(endpoint, without.replace('"', '"x')))
      }
    })
  }

  it('as usual, and with a mark at the beginning: read', async () => {
    for (const endpoint of ENDPOINTS.filter(({ isCreate }) => isCreate)) {
      const path = endpoint.path.source.replaceAll(/[\\^$]/g, '')
      for (const mark of ['', '\ufeff']) {
        assert.ok(await meet(endpoint, mark + JSON.stringify(usualOf(endpoint, path))), path)
      }
    }
  })
})

describe('a hostile provider, behind the proxy', () => {
  for (const name of PROVIDER_NAMES.filter((each) => each !== 'redoya')) {
    it(`${name}: not a word of it reaches the browser, nor the log`, async () => {
      let isHostile = false
      const stack = await startStack(
        {},
        {
          fetch: (url, init) =>
            isHostile && init?.method === 'POST'
              ? Promise.resolve(
                  Response.json({ success: false, error: CANARY, message: CANARY, data: CANARY }),
                )
              : fetch(url, init),
        },
        fullEnvironment,
      )
      try {
        const order = name === 'paycrypto' ? { amount: '12.50', currency: 'USDT' } : {}
        const checkout = await stack.openCheckout(order)
        const method = checkout.methods.find(({ id }) => id.startsWith(name))
        if (!method) return
        isHostile = true
        const { status, body } = await stack.start(checkout, method.id)
        assert.equal(status, 502)
        const after = await stack.request('GET', `/v1/checkouts/${checkout.id}`)
        for (const text of [JSON.stringify(body), JSON.stringify(after.body), stack.logs.join()]) {
          assert.ok(!text.includes(CANARY), text)
        }
        assert.equal(after.body['status'], 'pending')
      } finally {
        await stack.close()
      }
    })
  }
})

/** What is answered there when nothing is wrong. */
function usualOf({ provider }: Endpoint, path: string): unknown {
  if (path.endsWith('/api/transaction')) {
    return { data: { results: [{ _id: 'ab'.repeat(12), statusNote: 'x' }], totalPages: 1 } }
  }
  if (path.startsWith('/qr/') || path.includes('update-status')) return { success: true, data: {} }
  return usualAnswer(provider, path) ?? assert.fail(`${provider} ${path} is answered somehow`)
}

/** Place and length of every value in a compact JSON. */
function membersOf(json: string): (readonly [number, number])[] {
  const leaves = /(?<=[:[,])("(?:[^"\\]|\\.)*"|-?[\d.]+|true|false|null)(?=[,}\]])/g
  return [...json.matchAll(leaves)].map((match) => [match.index, match[0].length] as const)
}

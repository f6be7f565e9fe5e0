import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { Hono } from 'hono'
import { signOrder, verifyWebhook } from '../../merchant/index.ts'
import type { CheckoutEvent, OrderToSign } from '../../merchant/index.ts'
import { createOrderTokenVerifier } from '../../proxy/order-token.ts'
import { orderClaimsSchema } from '../../proxy/schemas.ts'
import { NOTIFICATIONS } from './notification-cases.ts'
import { BODY, headersOf, ID, NOW, SECRET } from './webhook-samples.ts'

const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url))
const MERCHANT = fileURLToPath(new URL('../../merchant/index.ts', import.meta.url))
const ORDER_SECRET = 'test-order-secret-0123456789-abcdef'
const SECONDS = NOW / 1000

/** One call of a recipe's function, and what came of it: a value, or the text of what was thrown. */
type Call =
  | { readonly sign: object; readonly secret: string }
  | { readonly body: string; readonly headers: object; readonly secret: string }
type Outcome = { readonly value: unknown } | { readonly thrown: string }

/** Programs that make the calls which they read, one after the other. */
const LANGUAGES = [
  {
    name: 'Python',
    command: 'python3',
    flag: '-c',
    program: `
import base64, json, sys
sys.path.insert(0, sys.argv[1])
from sign_order import sign_order
from verify_webhook import verify_webhook, WebhookError
now = ${SECONDS}
def run(call):
    try:
        if "sign" in call:
            return {"value": sign_order(call["sign"], call["secret"], now=now)}
        body = base64.b64decode(call["body"])
        return {"value": verify_webhook(body, call["headers"], call["secret"], now=now)}
    except (WebhookError, ValueError) as error:
        return {"thrown": str(error)}
print(json.dumps([run(call) for call in json.load(sys.stdin)]))`,
  },
  {
    name: 'PHP',
    command: 'php',
    flag: '-r',
    program: `
require $argv[1] . 'sign_order.php';
require $argv[1] . 'verify_webhook.php';
set_error_handler(function ($level, $text) { throw new ErrorException($text); });
function run(array $call): array {
    try {
        if (isset($call['sign'])) {
            return ['value' => sign_order($call['sign'], $call['secret'], now: ${SECONDS})];
        }
        $body = base64_decode($call['body']);
        return ['value' => verify_webhook($body, $call['headers'], $call['secret'], now: ${SECONDS})];
    } catch (WebhookError | InvalidArgumentException $error) {
        return ['thrown' => $error->getMessage()];
    }
}
echo json_encode(array_map(run(...), json_decode(stream_get_contents(STDIN), true)));`,
  },
] as const

const encode = (body: string | Buffer): string => Buffer.from(body).toString('base64')

const ORDER: OrderToSign = { orderId: 'A-1001', amount: '620.00', currency: 'TRY' }
const FULL_ORDER: OrderToSign = {
  ...ORDER,
  alternatives: [{ amount: '15.10', currency: 'USDT' }],
  description: 'Kahve „Liman“ ☕ 1/2',
  customer: { name: 'Şule Öz' },
  successUrl: 'https://shop.example/thanks?a=1&b=2',
  metadata: { cart: '42' },
}

describe('the recipes', () => {
  for (const { name, command, flag, program } of LANGUAGES) {
    const isThere = spawnSync(command, ['--version']).status === 0
    const skip = isThere ? false : `${command} is not installed`

    /** All calls in one process. */
    const run = (calls: readonly Call[]): Outcome[] => {
      const { stdout, stderr } = spawnSync(command, [flag, program, join(DOCS, 'recipes/')], {
        input: JSON.stringify(calls),
        encoding: 'utf8',
        timeout: 20_000,
        env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
      })
      assert.equal(stderr, '')
      return JSON.parse(stdout) as Outcome[]
    }

    describe(`in ${name}: signing`, { skip }, () => {
      const verifyToken = createOrderTokenVerifier({
        secrets: [ORDER_SECRET],
        maxLifetime: 86_400,
        schema: orderClaimsSchema,
        now: () => NOW,
      })

      it('makes a token that the proxy takes, as ours is', async () => {
        const orders = [ORDER, FULL_ORDER]
        const outcomes = run(orders.map((order) => ({ sign: order, secret: ORDER_SECRET })))
        for (const [index, order] of orders.entries()) {
          const token = textOf(outcomes[index])
          const ours = await signOrder(order, { secret: ORDER_SECRET, now: NOW })
          assert.deepEqual(await verifyToken(token), await verifyToken(ours))
          const [header = '', claims = '', signature = ''] = token.split('.')
          const cheaper = Buffer.from(claims, 'base64url').toString().replace('620.00', '6.00')
          const changed = Buffer.from(cheaper).toString('base64url')
          await assert.rejects(verifyToken([header, changed, signature].join('.')))
        }
      })

      it('refuses a secret that could be guessed', () => {
        const [outcome] = run([{ sign: ORDER, secret: 'x'.repeat(31) }])
        assert.deepEqual(outcome, { thrown: 'the secret must be at least 32 bytes' })
      })
    })

    it(`in ${name}: verifying says what ours says`, { skip }, async (t) => {
      const calls = NOTIFICATIONS.map(
        ({ body = BODY, headers = headersOf(), secret = SECRET }) => ({
          body: encode(body),
          headers,
          secret,
        }),
      )
      const outcomes = run(calls)
      for (const [index, { title, body, headers, secret, expected }] of NOTIFICATIONS.entries()) {
        await t.test(title, async () => {
          const ours = await verifyWebhook(
            { body: body ?? BODY, headers: headers ?? headersOf() },
            { secret: secret ?? SECRET, now: NOW },
          ).catch((error: { code: string }) => error.code)
          const wanted = expected === 'taken' ? { value: ours } : { thrown: expected }
          assert.deepEqual(outcomes[index], wanted)
          if (expected !== 'taken') assert.equal(ours, expected)
        })
      }
    })
  }

  describe('for JavaScript', () => {
    const directory = mkdtempSync(join(tmpdir(), 'cc-recipes-'))
    type Apply = (event: CheckoutEvent) => Promise<void>
    let receive: (request: Request, secret: string, apply: Apply) => Promise<Response>
    before(async () => {
      const outfile = join(directory, 'receive.mjs')
      const alias = { 'crypto-checkout/merchant': MERCHANT }
      const entryPoints = [join(DOCS, 'recipes/receive.ts')]
      await build({ entryPoints, outfile, alias, bundle: true, format: 'esm', platform: 'neutral' })
      ;({ receive } = await import(pathToFileURL(outfile).href))
    })
    after(() => rmSync(directory, { recursive: true }))

    /** A shop on Hono, as the page shows it. */
    async function post(body: string, apply: Apply): Promise<Response> {
      const app = new Hono()
      app.onError((_error, c) => c.body(null, 500))
      app.post('/webhooks/checkout', (c) => receive(c.req.raw, SECRET, apply))
      const headers = headersOf({ seconds: Math.floor(Date.now() / 1000) })
      return app.request('/webhooks/checkout', { method: 'POST', headers, body })
    }

    it('acknowledges what it applied', async () => {
      const applied: string[] = []
      const response = await post(BODY, async ({ id }) => void applied.push(id))
      assert.deepEqual([response.status, applied], [204, [ID]])
    })

    it('applies nothing that is not genuine', async () => {
      const response = await post(`${BODY} `, () => assert.fail('applied'))
      assert.deepEqual([response.status, await response.text()], [400, 'wrong_signature'])
    })

    it('acknowledges nothing that could not be applied', async () => {
      const response = await post(BODY, () => Promise.reject(new Error('the database is down')))
      assert.equal(response.status, 500)
    })
  })
})

function textOf(outcome: Outcome | undefined): string {
  assert.ok(outcome && 'value' in outcome, JSON.stringify(outcome))
  return String(outcome.value)
}

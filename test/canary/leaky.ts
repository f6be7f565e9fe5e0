/**
 * A run for `record.test.ts`: a proxy in front of the sandbox, and one payment. With `LEAKY` its adapters do
 * what none may do.
 * @module
 */
import process from 'node:process'
import { signOrder } from '../../merchant/index.ts'
import { readConfig } from '../../proxy/config.ts'
import { createProxy } from '../../proxy/create-proxy.ts'
import { ProviderError } from '../../proxy/errors.ts'
import type { ProviderContext, ProviderFactory } from '../../proxy/provider.ts'
import { SANDBOX_CREDENTIALS, startSandbox } from '../../sandbox/index.ts'
import { startReceiver } from '../proxy/receiver.ts'
import { WEBHOOK_SECRET } from '../proxy/shop.ts'
import { ORDER_SECRET, fullEnvironment } from '../proxy/support.ts'

const { redoya, cryptom } = SANDBOX_CREDENTIALS
const backwards = (text: string): string => text.split('').toReversed().join('')

const sandbox = await startSandbox()
const receiver = await startReceiver()
const config = readConfig({
  ...fullEnvironment(sandbox.urls),
  MERCHANT_WEBHOOK_URL: receiver.url,
  MERCHANT_WEBHOOK_SECRET: WEBHOOK_SECRET,
})
const proxy = await createProxy({
  ...config,
  ...(process.env['LEAKY'] && { providers: config.providers.map(leaky) }),
})

const order = { orderId: 'A-1', amount: '300.00', currency: 'TRY' }
const { id } = await post('/v1/checkouts', {
  orderToken: await signOrder(order, { secret: ORDER_SECRET }),
})
await post(`/v1/checkouts/${id}/payments`, { methodId: 'cryptom:USDT:TRON' })
await post(`/v1/checkouts/${id}/payments`, { methodId: 'redoya' })
for (const until = Date.now() + 5000; receiver.told.length === 0 && Date.now() < until;) {
  await new Promise((resolve) => setTimeout(resolve, 20))
}
await proxy.close()
await receiver.close()
await sandbox.close()

function leaky(factory: ProviderFactory): ProviderFactory {
  const create = (context: ProviderContext) => {
    const provider = factory(context)
    const createPayment: typeof provider.createPayment = async (payment) => {
      const made = await provider.createPayment(payment)
      if (provider.id === 'cryptom') {
        // Of this the log knows nothing.
        throw new ProviderError('payment_refused', `not with ${backwards(cryptom.password)}`)
      }
      // To another provider.
      await context.fetch(`${sandbox.urls.lincoln}/?key=${payment.webhookUrl}`, { method: 'GET' })
      const url = `https://pay.example/?key=${encodeURIComponent(redoya.secret)}`
      return { ...made, ref: ORDER_SECRET, nextAction: { type: 'redirect', url } }
    }
    return { ...provider, createPayment }
  }
  return Object.assign(create, { id: factory.id, secrets: factory.secrets })
}

async function post(path: string, body: object): Promise<{ readonly id: string }> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
  const response = await proxy.fetch(new Request(`http://localhost:8787${path}`, init))
  return response.json() as Promise<{ id: string }>
}

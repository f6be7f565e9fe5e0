/**
 * A stage for scripted deaths: the proxy is armed with a failpoint, something is done to it until it
 * dies there, and it is brought back.
 * @module
 */
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Checkout } from '../../protocol/payment.ts'
import type { Failpoint } from '../../proxy/failpoints.ts'
import type { Notification } from '../../sandbox/index.ts'
import { MERCHANT_KEY } from '../proxy/support.ts'
import { createChance } from './chance.ts'
import { becomes } from './crowd.ts'
import { METHODS, orderOf } from './flows.ts'
import type { Shown } from './flows.ts'
import type { Witnessed } from './ledgers.ts'
import { createPayer } from './payer.ts'
import type { ProviderName } from './sandbox-control.ts'
import { sendAll } from './sender.ts'
import type { Acknowledged } from './sender.ts'
import { createShoppers } from './shopper.ts'
import type { World } from './world.ts'

export interface Stage {
  readonly world: World
  readonly witnessed: Witnessed
  /** How often it died where it was to. */
  readonly deaths: number
  /** Opens an order that every provider takes. */
  open(): Promise<Checkout>
  /** Picks until something is shown; `rest` of the world's time goes by between two tries. */
  show(checkout: Checkout, provider: ProviderName): Promise<Shown>
  /** One pick, whatever comes of it. */
  pick(checkout: Checkout, provider: ProviderName): Promise<unknown>
  /** Pays it; a browser that is sent back goes, and tries until it is answered, or once only. */
  pay(shown: Shown, tries?: 'once'): Promise<void>
  look(checkout: Checkout): Promise<Checkout | undefined>
  /** What the provider held back of this payment. */
  held(shown: Shown): Promise<readonly Notification[]>
  /** Sends them as often as the provider would. */
  send(notifications: readonly Notification[]): Promise<void>
  /** A request of the merchant's backend; undefined where the line broke. */
  merchant<T>(method: string, path: string, body?: object): Promise<T | undefined>
  /** A request of the shopper's browser, whatever comes of it. */
  post(path: string): Promise<unknown>
  /** Does it until the proxy dies at `point`, for the `count`th time that it is reached; then revives it. */
  dieAt(point: Failpoint, act: () => Promise<unknown>, count?: number): Promise<void>
  /** Brings the proxy back where it is not there. */
  revive(): Promise<void>
  /** Waits until the checkout has this status; time goes by. */
  becomes(checkout: Checkout, status: string): Promise<void>
}

const DEATH_MS = 8000
const SETTLE_MS = 50
/** A create without an answer counts as lost; turns and claims of the dead are free. */
const DOWN_MS = 61_000

export function createStage(world: World): Stage {
  const shoppers = createShoppers(world, { timeoutMs: 5000 })
  const payWith = createPayer(world.sandbox)
  const [proxy] = world.proxies
  assert.ok(proxy)
  const acknowledged: Acknowledged[] = []
  const returned = new Set<string>()
  let deaths = 0
  let orders = 0

  const merchant = async <T>(
    method: string,
    path: string,
    body?: object,
  ): Promise<T | undefined> => {
    const answer = await fetch(`${world.url}/v1/merchant${path}`, {
      method,
      headers: { authorization: `Bearer ${MERCHANT_KEY}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    }).catch(() => undefined)
    return answer?.json() as Promise<T> | undefined
  }

  const look = async ({ id }: Checkout): Promise<Checkout | undefined> =>
    (await shoppers.look(id)).checkout

  async function revive(): Promise<void> {
    if (proxy?.isUp) return
    await world.advance(DOWN_MS)
    await proxy?.start()
    await sleep(SETTLE_MS)
  }

  return {
    world,
    get witnessed() {
      return { sightings: shoppers.sightings, acknowledged, returned }
    },
    get deaths() {
      return deaths
    },
    open: () => shoppers.open(orderOf(`F-${(orders += 1)}`)),
    pick: (checkout, provider) => shoppers.pick(checkout, METHODS[provider]),
    async show(checkout, provider) {
      let shown: Shown | undefined
      await becomes(async () => {
        const { checkout: picked } = await shoppers.pick(checkout, METHODS[provider])
        const { nextAction, id: paymentId } = picked?.payment ?? {}
        if (nextAction && paymentId !== undefined) {
          shown = { provider, checkoutId: checkout.id, paymentId, nextAction }
        }
        return shown !== undefined
      }, DEATH_MS)
      assert.ok(shown, `${provider} showed nothing`)
      return shown
    },
    async pay(shown, tries) {
      const { payments } = await world.readRows()
      const ref = payments.find(({ id }) => id === shown.paymentId)?.ref ?? null
      const page = await payWith({ ...shown, ref })
      if (page === undefined) return
      const { pathname } = new URL(page)
      if (tries === 'once') {
        await fetch(world.url + pathname, { redirect: 'manual' }).catch(() => undefined)
      } else {
        await shoppers.insist(pathname)
      }
      if (shown.provider === 'redoya') returned.add(pathname.split('/').at(-1) ?? '')
    },
    look,
    async held({ paymentId }) {
      const { payments } = await world.readRows()
      const row = payments.find(({ id }) => id === paymentId)
      const all = await world.sandbox.listNotifications()
      return all.filter((each) => each.paymentId === paymentId || each.paymentId === row?.ref)
    },
    async send(notifications) {
      const chance = createChance(1)
      const sent = await sendAll(notifications, { now: world.now, chance, doubled: 0, crowd: 1 })
      acknowledged.push(...sent.acknowledged)
    },
    merchant,
    post: (path) =>
      fetch(world.url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      }).catch(() => undefined),
    async dieAt(point, act, count = 1) {
      await proxy.kill()
      await proxy.start({ FAILPOINT: point, FAILPOINT_COUNT: String(count) })
      const acting = act().catch(() => undefined)
      const isDead = await Promise.race([
        proxy.ended().then(() => true),
        sleep(DEATH_MS, false, { ref: false }),
      ])
      if (isDead) deaths += 1
      await revive()
      await acting
    },
    revive,
    async becomes(checkout, status) {
      let last: string | undefined
      const isSo = await becomes(async () => {
        last = (await look(checkout))?.status
        if (last !== status) await world.advance(4000)
        return last === status
      }, DEATH_MS)
      assert.ok(isSo, `${checkout.orderId} is ${last}, not ${status}`)
    },
  }
}

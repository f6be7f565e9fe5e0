/**
 * What was good before the proxy was killed, sent again after it was started anew on its store: nothing
 * that a process forgets may be what stood against it.
 * @module
 */
import { ReceiptError, verifyReceipt } from '../../../merchant/index.ts'
import type { Detail } from '../../proxy/shop.ts'
import { get, post, unless } from '../combos.ts'
import type { Combo } from '../combos.ts'
import { startKilled } from '../killed.ts'
import type { Killed } from '../killed.ts'
import type { Request } from '../send.ts'

/** Paid, and what made it so. */
interface Proven {
  readonly detail: Detail
  readonly proof: Request
}

async function prove(town: Killed, methodId: string): Promise<Proven> {
  const begun = await town.begin(methodId)
  const [provider = ''] = methodId.split(':')
  const { id = '', ref = '' } = begun.payments[0] ?? {}
  const proof =
    provider === 'redoya'
      ? await payByCard(town, begun)
      : provider === 'lipaykripto'
        ? await town.catchNotice(provider, id, 'confirm')
        : await town.catchNotice(provider, ref ?? '', 'success')
  await town.send(proof)
  return { detail: await town.becomesPaid(begun.id), proof }
}

async function payByCard(town: Killed, { payment }: Detail): Promise<Request> {
  const action = payment?.nextAction
  const [, orderToken = '', identifier = ''] =
    action?.type === 'redirect' ? action.url.split('#') : []
  const order = { orderToken, identifier, outcome: 'success' }
  const { redirect } = await town.control<{ redirect: string }>('POST', '/redoya/orders', order)
  return get(new URL(redirect).pathname)
}

const factsOf = ({ payments }: Detail): number =>
  payments.flatMap(({ facts }) => facts).filter(({ status }) => status === 'paid').length

/** How often the shop was told of it, each change counted once. */
const toldOf = ({ receiver }: Killed, detail: Detail): number =>
  new Set(
    receiver
      .of(detail)
      .filter(({ type }) => type === 'checkout.paid')
      .map(({ id }) => id),
  ).size

async function changesOf(town: Killed, { detail: before }: Proven): Promise<readonly string[]> {
  const after = await town.detail(before.id)
  const who = before.payments[0]?.provider ?? ''
  return [
    ...unless(after.version === before.version, `${who}: version ${after.version}`),
    ...unless(factsOf(after) === 1, `${who}: ${factsOf(after)} facts say paid`),
    ...unless(after.receipt === before.receipt, `${who}: another receipt`),
    ...unless(toldOf(town, before) <= 1, `${who}: told ${toldOf(town, before)} times`),
  ]
}

const METHODS = ['lipaykripto', 'paycrypto:USDT:TRON', 'redoya'] as const

/** A town for as long as it is attacked. */
async function inTown(attack: (town: Killed) => Promise<readonly string[]>) {
  const town = await startKilled()
  try {
    return await attack(town)
  } finally {
    await town.close()
  }
}

const again: Combo = {
  name: 'notifications and a return, again after the proxy was killed',
  target: 'proxy',
  threat: 'T13',
  rule: 'a word has the effect that it had, once, whatever the process has forgotten',
  requests: 6,
  play: () =>
    inTown(async (town) => {
      const proven: Proven[] = []
      for (const methodId of METHODS) proven.push(await prove(town, methodId))
      await town.killAndStart()
      for (const { proof } of proven) await town.send(proof)
      return (await Promise.all(proven.map((each) => changesOf(town, each)))).flat()
    }),
}

const stolen: Combo = {
  name: 'a return that has paid, brought to another payment after the proxy was killed',
  target: 'redoya',
  threat: 'T12',
  rule: 'one order pays one checkout, whatever the process has forgotten',
  requests: 3,
  play: () =>
    inTown(async (town) => {
      const { proof } = await prove(town, 'redoya')
      await town.killAndStart()
      const other = await town.begin('redoya')
      const own = await payByCard(town, other)
      const id = proof.path.split('/').at(-1) ?? ''
      await town.send(get(own.path.replace(/[^/]+$/, id)))
      const { status, payments } = await town.detail(other.id)
      return unless(
        status !== 'paid' && payments[0]?.reason === 'conflict',
        `is ${status}/${payments[0]?.reason}`,
      )
    }),
}

const receipt: Combo = {
  name: 'a receipt, shown again after the proxy was killed',
  target: 'proxy',
  threat: 'T2',
  rule: 'a receipt is good for its order, under the same key, and for nothing else',
  requests: 4,
  play: () =>
    inTown(async (town) => {
      const { detail } = await prove(town, 'paycrypto:USDT:TRON')
      const text = detail.receipt ?? ''
      await town.killAndStart()
      const jwks = await town.read<{ keys: [] }>(get('/.well-known/jwks.json'))
      const check = (orderId: string, amount: string) =>
        verifyReceipt(text, {
          issuer: 'http://localhost:8787',
          allowTest: true,
          jwks,
          orderId,
          amount,
          currency: 'TRY',
        }).then(
          () => 'good',
          (error: unknown) => (error instanceof ReceiptError ? error.code : String(error)),
        )
      const [own, other, less] = [
        await check(detail.orderId, '300.00'),
        await check('K-0', '300.00'),
        await check(detail.orderId, '900.00'),
      ]
      const asToken = await town.send(post('/v1/checkouts', { orderToken: text }))
      return [
        ...unless(own === 'good', `for its own order: ${own}`),
        ...unless(other === 'wrong_order', `for another order: ${other}`),
        ...unless(less === 'wrong_amount', `at another price: ${less}`),
        ...unless(asToken.status === 401, `as an order token: ${asToken.status}`),
      ]
    }),
}

export const RESTARTED: readonly Combo[] = [again, stolen, receipt]

/**
 * What somebody tried to keep others from paying, where limits are on: locks, junk, and storms that look
 * like a provider’s failure.
 * @module
 */
import { until } from '../../proxy/shop.ts'
import { MERCHANT_KEY } from '../../proxy/support.ts'
import { ask, countPaid, get, isPaid, post, unless } from '../combos.ts'
import type { Combo } from '../combos.ts'
import { OWN_KEY } from '../knowledge.ts'
import type { Request } from '../send.ts'
import type { Begun, Stage } from '../stage.ts'

const withKey = (key: string): Request => ({
  ...get('/v1/merchant/checkouts?limit=1'),
  headers: { authorization: `Bearer ${key}` },
})
const junk = (index: number): string => `Junk${String(index).padStart(12, '0')}`
const cancel = (stage: Stage, { checkout }: Begun) =>
  stage.sender.send(post(`/v1/checkouts/${checkout.id}/cancel`))

/** The shopper pays by card and comes back, from the attacker’s own address. */
async function payInnocently(stage: Stage): Promise<readonly string[]> {
  const begun = await stage.begin('redoya')
  const id = await stage.payByCard(begun)
  const { status } = await stage.sender.send(get(`${begun.back}/${id}`))
  return unless(await isPaid(stage, begun), `an innocent one is not paid: ${status}`)
}

const lockedOut: Combo = {
  name: 'twelve wrong keys from the shop’s own address, while an order is paid',
  target: 'proxy',
  threat: 'T28',
  rule: 'who guesses locks out nobody who knows',
  requests: 16,
  async play(stage) {
    const begun = await stage.begin('lipaykripto', { amount: '100.00', alternatives: [] })
    const guesses = []
    for (let index = 0; index < 12; index += 1) {
      guesses.push((await stage.sender.send(withKey(`${OWN_KEY}${index}`))).status)
    }
    const right = await stage.sender.send(withKey(MERCHANT_KEY))
    await stage.sender.send(await stage.catchNotice(begun, 'confirm'))
    await until('the shop is told', () =>
      stage.shop.receiver.of(begun.checkout).find(({ type }) => type === 'checkout.paid'),
    )
    return [
      ...unless(guesses.includes(401) && guesses.includes(429), `guesses: ${guesses.join()}`),
      ...unless(right.status === 200, `the right key was answered ${right.status}`),
    ]
  },
}

/** Every visit asks a provider: so many a minute, of one address, and no longer. */
const oneReturn: Combo = {
  name: 'ten invented orders at one return address, then the genuine one, and somebody else’s',
  target: 'redoya',
  threat: 'T28',
  rule: 'who asks too often waits, he alone, whoever he says he is',
  requests: 15,
  async play(stage) {
    const begun = await stage.begin('redoya')
    const id = await stage.payByCard(begun)
    const visits = []
    for (let index = 0; index < 10; index += 1) {
      visits.push((await stage.sender.send(get(`${begun.back}/${junk(index)}`))).status)
    }
    const genuine = get(`${begun.back}/${id}`)
    const eleventh = await stage.sender.send(genuine)
    const headers = { 'x-forwarded-for': '198.51.100.7', 'x-real-ip': '198.51.100.7' }
    const spoofed = await stage.sender.send({ ...genuine, headers })
    return [
      ...unless(!visits.includes(429), `the first ten: ${visits.join()}`),
      ...unless(eleventh.status === 429, `the eleventh was answered ${eleventh.status}`),
      ...unless(Number(eleventh.headers['retry-after']) > 0, 'not told how long'),
      ...unless(spoofed.status === 429, `under another address: ${spoofed.status}`),
      ...(await payInnocently(stage)),
    ]
  },
}

/** An answer of the provider’s that says no is no failure of it. */
const junkStorm: Combo = {
  name: 'forty-five invented orders at once, on five payments',
  target: 'redoya',
  threat: 'T28',
  rule: 'nobody makes a provider look broken to others',
  requests: 47,
  async play(stage) {
    const all: Begun[] = []
    for (let index = 0; index < 5; index += 1) all.push(await stage.begin('redoya'))
    await Promise.all(
      Array.from({ length: 45 }, (_, index) =>
        stage.sender.send(get(`${all[index % 5]?.back}/${junk(index)}`)),
      ),
    )
    const paid = await countPaid(stage, all)
    return [...unless(paid === 0, `${paid} are paid`), ...(await payInnocently(stage))]
  },
}

const cancelStorm: Combo = {
  name: 'paid and canceled at once, eight times in a row',
  target: 'cryptom',
  threat: 'T28',
  rule: 'nobody makes a provider look broken to others',
  requests: 17,
  async play(stage) {
    const refused = []
    const all: Begun[] = []
    for (let index = 0; index < 8; index += 1) {
      const begun = await stage.begin('cryptom')
      await stage.shop.play('cryptom', begun.payment.ref, 'pay')
      const { status } = await cancel(stage, begun)
      if (![200, 409].includes(status)) refused.push(status)
      all.push(begun)
    }
    const innocent = await stage.begin('cryptom')
    await stage.shop.play('cryptom', innocent.payment.ref, 'pay')
    await ask(stage, innocent)
    await until('all are paid', async () => (await countPaid(stage, [...all, innocent])) === 9)
    return unless(refused.length === 0, `cancels were answered ${refused.join()}`)
  },
}

/** A proof that is not confirmed yet is asked about at our own pace. */
const manyLooks: Combo = {
  name: 'fifty readings and fifteen claims while an order is not confirmed',
  target: 'redoya',
  threat: 'T28',
  rule: 'what anybody may say makes us ask no more often than a watching browser does',
  requests: 66,
  async play(stage) {
    const begun = await stage.begin('redoya')
    const id = await stage.payByCard(begun, 'pending')
    await stage.sender.send(get(`${begun.back}/${id}`))
    stage.calls.length = 0
    const path = `/v1/checkouts/${begun.checkout.id}`
    await Promise.all([
      ...Array.from({ length: 50 }, () => stage.sender.send(get(path))),
      ...Array.from({ length: 15 }, () => stage.sender.send(post(`${path}/sent`))),
    ])
    const asked = stage.calls.filter((call) => call.includes('/order/verify/')).length
    return unless(asked <= 1, `asked ${asked} times`)
  },
}

export const OUTSIDER_LIMITS: readonly Combo[] = [
  lockedOut,
  oneReturn,
  junkStorm,
  cancelStorm,
  manyLooks,
]

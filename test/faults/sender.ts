/**
 * The providers' senders: they post notifications that the sandbox held back, shuffled and doubled, and
 * repeat each for as long as its provider would.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Notification } from '../../sandbox/index.ts'
import type { Chance } from './chance.ts'
import { forAll } from './crowd.ts'

/** A notification that was acknowledged: from then on nobody tells it again. */
export interface Acknowledged {
  readonly provider: string
  readonly url: string
  readonly body: string
  readonly at: number
}

export interface SendOptions {
  readonly now: () => number
  readonly chance: Chance
  /** How many are sent twice, of all. */
  readonly doubled: number
  /** At a time. */
  readonly crowd: number
  /** Stretches the run, so that more of it is met by kills: at most this many a second. */
  readonly perSecond?: number
}

export interface Sent {
  /** Copies that set out, and tries that were made with them. */
  readonly copies: number
  readonly tries: number
  readonly acknowledged: readonly Acknowledged[]
  /** Copies that were refused, and given up. */
  readonly refused: number
}

const AGAIN_MS = 100
const REFUSED_AGAIN_MS = 20
const PATIENCE_MS = 120_000
/** A refusal is repeated as often as the providers do it. */
const MAX_REFUSALS = 5
/** Never repeated, whatever came of it. */
const SENT_ONCE: ReadonlySet<string> = new Set(['lincoln'])

export async function sendAll(
  notifications: readonly Notification[],
  { now, chance, doubled, crowd, perSecond = Infinity }: SendOptions,
): Promise<Sent> {
  const copies = chance.shuffle([
    ...notifications,
    ...notifications.filter(({ provider }) => !SENT_ONCE.has(provider) && chance.hits(doubled)),
  ])
  const acknowledged: Acknowledged[] = []
  const begin = performance.now()
  let started = 0
  let tries = 0
  let refused = 0

  async function deliver(notification: Notification): Promise<void> {
    const { provider, url, body } = notification
    const end = performance.now() + PATIENCE_MS
    for (let refusals = 0; performance.now() < end;) {
      tries += 1
      const answer = await post(notification)
      if (isAcknowledged(provider, answer)) {
        acknowledged.push({ provider, url, body, at: now() })
        return
      }
      const isRefused = answer !== undefined && answer.status < 500
      if (isRefused) refusals += 1
      if (SENT_ONCE.has(provider) || refusals === MAX_REFUSALS) break
      await sleep(isRefused ? REFUSED_AGAIN_MS : AGAIN_MS)
    }
    refused += 1
  }

  await forAll(copies, crowd, async (notification) => {
    const dueMs = (started * 1000) / perSecond
    started += 1
    const early = dueMs - (performance.now() - begin)
    if (early > 0) await sleep(early)
    await deliver(notification)
  })
  return { copies: copies.length, tries, acknowledged, refused }
}

interface Answer {
  readonly status: number
  readonly body: string
}

async function post({ url, headers, body }: Notification): Promise<Answer | undefined> {
  try {
    const signal = AbortSignal.timeout(5000)
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
    return { status: answer.status, body: await answer.text() }
  } catch {
    return undefined
  }
}

/** PayCrypto takes any well-formed answer for an acknowledgement; the others any 200 or 2xx. */
function isAcknowledged(provider: string, answer: Answer | undefined): boolean {
  if (answer === undefined || answer.status < 200 || answer.status > 299) return false
  return provider !== 'paycrypto' || /"code"\s*:/.test(answer.body)
}

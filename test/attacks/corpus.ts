/**
 * Plays the whole corpus: each variant of the proxy with the families that are for it, then the attacks of
 * several steps, and an audit of all money at the end of each.
 * @module
 */
import { fullEnvironment, testEnvironment } from '../proxy/support.ts'
import { WEBHOOK_SECRET } from '../proxy/shop.ts'
import { SANDBOX_CREDENTIALS } from '../../sandbox/index.ts'
import type { Outcome } from './attack.ts'
import { audit } from './audit.ts'
import type { Combo } from './combos.ts'
import { TRUTHS, RACES } from './combos/notified.ts'
import { FLOODS } from './combos/flood.ts'
import { OUTSIDER_ANSWERS } from './combos/outsider-answers.ts'
import { OUTSIDER_LIMITS } from './combos/outsider-limits.ts'
import { OUTSIDER_LINCOLN } from './combos/outsider-lincoln.ts'
import { OUTSIDER_ORDERS } from './combos/outsider-orders.ts'
import { OUTSIDER_REDOYA } from './combos/outsider-redoya.ts'
import { REDOYA_COMBOS } from './combos/redoya.ts'
import { OUTSIDER_STARTS } from './combos/outsider-starts.ts'
import { RESTARTED } from './combos/restarted.ts'
import { FAMILIES } from './families/index.ts'
import { playFamilies } from './play.ts'
import { startStage } from './stage.ts'
import type { Stage } from './stage.ts'
import { VARIANTS } from './variants.ts'

export interface Result {
  readonly outcomes: readonly Outcome[]
  /** Genuine requests that were played after the attacks made of them. */
  readonly controls: number
  /** Those that did not work. */
  readonly broken: readonly string[]
  /** Orders that are paid without money behind them. */
  readonly unpaid: readonly string[]
  readonly requests: number
  readonly tookMs: number
}

/** Attacks of several steps, by the variant that they are played on. */
export const COMBOS: Readonly<Record<string, readonly Combo[]>> = {
  open: [
    ...REDOYA_COMBOS,
    ...TRUTHS,
    ...RACES,
    ...OUTSIDER_REDOYA,
    ...OUTSIDER_ORDERS,
    ...OUTSIDER_STARTS,
    ...OUTSIDER_LINCOLN,
    ...OUTSIDER_ANSWERS,
    ...RESTARTED,
  ],
  // Before the floods, which use the address up that all of them come from.
  limited: [...OUTSIDER_LIMITS, ...FLOODS],
}

/** One variant of the proxy, with the families or the attacks of several steps that are for it. */
export async function playVariant(variant: string): Promise<Result> {
  const began = performance.now()
  const stage = await startStage(variant)
  try {
    const combos = COMBOS[variant]
    const played = combos
      ? await playCombos(stage, combos)
      : await playFamilies(
          stage,
          FAMILIES.filter((family) => family.variant === variant),
          secretsOf(stage),
        )
    const unpaid = combos ? [] : await audit(stage.shop)
    const requests = played.outcomes.length + played.controls
    return { unpaid, requests, ...played, tookMs: performance.now() - began }
  } finally {
    await stage.close()
  }
}

/** All of them; much of it is waiting, so two at once. */
export async function playCorpus(): Promise<Result> {
  const [first = '', ...others] = Object.keys(VARIANTS)
  const inTurn = async (variants: readonly string[]): Promise<Result[]> => {
    const played: Result[] = []
    for (const variant of variants) played.push(await playVariant(variant))
    return played
  }
  const began = performance.now()
  const results = (await Promise.all([inTurn([first]), inTurn(others)])).flat()
  return {
    outcomes: results.flatMap(({ outcomes }) => outcomes),
    broken: results.flatMap(({ broken }) => broken),
    unpaid: results.flatMap(({ unpaid }) => unpaid),
    controls: sum(results, 'controls'),
    requests: sum(results, 'requests'),
    tookMs: performance.now() - began,
  }
}

const sum = (results: readonly Result[], key: 'controls' | 'requests'): number =>
  results.reduce((total, result) => total + result[key], 0)

async function playCombos(stage: Stage, combos: readonly Combo[]) {
  const outcomes: Outcome[] = []
  const unpaid: string[] = []
  const inOrder = combos.toSorted((a, b) => Number(a.isLate ?? false) - Number(b.isLate ?? false))
  for (const [index, combo] of inOrder.entries()) {
    if (combo.isLate && !inOrder[index - 1]?.isLate) unpaid.push(...(await audit(stage.shop)))
    const { name, target, threat, rule } = combo
    const changes = await combo
      .play(stage)
      .catch((error: unknown) => [`broke off: ${String(error)}`])
    outcomes.push({ family: 'of several steps', target, threat, rule, name, changes, faults: [] })
  }
  const requests = combos.reduce((total, combo) => total + combo.requests, 0)
  return { outcomes, broken: [], controls: 0, unpaid, requests }
}

/** Everything that no answer may hold: what the proxy was configured with, and other people's addresses. */
function secretsOf({ town }: Stage): readonly string[] {
  const environment = { ...testEnvironment({}), ...fullEnvironment({}) }
  const configured = Object.entries(environment).flatMap(([name, value]) =>
    /SECRET|KEY$|PASSWORD|PASSPHRASE/.test(name) && !name.includes('API_KEY') ? [value] : [],
  )
  const addresses = Object.values(town).flatMap(({ pending, dear, paid }) =>
    [pending, dear, paid].flatMap(({ webhook, back }) =>
      [webhook, back].flatMap((address) => address.split('/').at(-1) ?? []),
    ),
  )
  const { lipaykripto, paycrypto, lincoln } = SANDBOX_CREDENTIALS
  const keys = [lipaykripto.apiKey, lipaykripto.webhookSecret, paycrypto.apiKey, lincoln.apiKey]
  return [...configured, ...addresses, ...keys, WEBHOOK_SECRET].filter((text) => text.length > 7)
}

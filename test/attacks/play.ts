/**
 * Plays families: every attack, then the genuine request that they were made of.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Family, Group, Outcome, Try } from './attack.ts'
import { checkAnswer } from './answers.ts'
import { createOracle, faultsOf } from './oracle.ts'
import type { Oracle, Rows } from './oracle.ts'
import type { Request } from './send.ts'
import type { Mark, Stage } from './stage.ts'

/** What was found out about one variant. */
export interface Played {
  readonly outcomes: readonly Outcome[]
  /** Genuine requests that did not work: what was refused beside them proves nothing. */
  readonly broken: readonly string[]
  readonly controls: number
}

const WORKS_MS = 4000
const STEP_MS = 20

export async function playFamilies(
  stage: Stage,
  families: readonly Family[],
  secrets: readonly string[],
): Promise<Played> {
  const oracle = createOracle(stage)
  const seen = new Map<string, readonly string[]>()
  const outcomes: Outcome[] = []
  const broken: string[] = []
  let controls = 0

  async function playTry(family: Family, group: Group, [name, change]: Try, mark: Mark) {
    const { threat, rule, answer: wanted, effect = 'nothing' } = group
    const request = await change(mark.request, mark, stage)
    const before = oracle.begin()
    const answer = await stage.sender.send(request)
    const changes = await oracle.judge(before, effect, mark)
    const faults = [...checkAnswer(answer, wanted, seen), ...faultsOf(answer, secrets)]
    const about = { family: family.name, target: family.target, threat, rule, name }
    outcomes.push({ ...about, changes, faults })
  }

  /** What was only noted at first has been followed up. */
  async function lookAfter(family: Family, group: Group, mark: Mark, before: Rows): Promise<void> {
    await oracle.followUp()
    const changes = await oracle.judge(before, 'asks', mark)
    const { threat, rule } = group
    const about = { family: family.name, target: family.target, threat, rule }
    outcomes.push({
      ...about,
      name: 'all of them, once they were followed up',
      changes,
      faults: [],
    })
  }

  async function control(family: Family, mark: Mark, after: string): Promise<void> {
    controls += 1
    const problem = await proveWorking(family, mark, mark.request)
    if (problem) broken.push(`${family.name}, after ${after}: ${problem}`)
  }

  async function proveWorking(family: Family, mark: Mark, request: Request) {
    const { status, becomes, shows } = family.works
    const answer = await stage.sender.send(request)
    if (answer.status !== status) {
      return `the genuine request was answered ${answer.status}: ${answer.text.slice(0, 200)}`
    }
    if (shows && !shows(answer, mark)) return `the genuine answer is ${answer.text.slice(0, 200)}`
    if (becomes === undefined || mark.checkoutId === null) return undefined
    return (await reaches(oracle, mark.checkoutId, becomes))
      ? undefined
      : `the checkout is ${oracle.statusOf(mark.checkoutId)} instead of ${becomes}`
  }

  for (const family of families) {
    const shared = await family.arrange(stage)
    for (const group of family.groups) {
      await oracle.comeToRest()
      const before = oracle.begin()
      for (const attack of group.tries) {
        const mark = group.isAlone ? await family.arrange(stage) : shared
        await playTry(family, group, attack, mark)
        if (group.isAlone) await control(family, mark, attack[0])
      }
      if (group.effect === 'asks') await lookAfter(family, group, shared, before)
    }
    await control(family, shared, 'all attacks')
  }
  oracle.close()
  return { outcomes, broken, controls }
}

async function reaches(oracle: Oracle, checkoutId: string, status: string): Promise<boolean> {
  for (let waited = 0; waited < WORKS_MS; waited += STEP_MS) {
    if (oracle.statusOf(checkoutId) === status) return true
    await sleep(STEP_MS)
  }
  return false
}

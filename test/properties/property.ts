/**
 * What a property is here: a sentence that holds for every value, tried on as many as are asked for.
 * @module
 */
import process from 'node:process'
import fc from 'fast-check'

export interface Property {
  /** The invariant or threat that it holds, by its number in the project's list. */
  readonly rule: string
  readonly title: string
  /** How many runs fit into the gate. */
  readonly gateRuns: number
  check(runs: number, seed: number): Promise<Outcome>
}

export interface Outcome {
  readonly runs: number
  readonly ms: number
  /** Of the processor alone: what it takes where nobody else wants it. */
  readonly cpuMs: number
  /** The smallest value that was found to break it, and how to have it again; undefined: it holds. */
  readonly failure: string | undefined
}

export interface Named {
  readonly rule: string
  readonly title: string
  /** As `GATE_RUNS` where it is not said. */
  readonly gateRuns?: number
}

/** What fits beside all the other tests; goal G13's 100,000 of each are the command's. */
export const GATE_RUNS = 20_000

/** `holds` returns false, or throws, for a value that breaks the property. */
export function property<T>(
  { gateRuns = GATE_RUNS, ...name }: Named,
  values: fc.Arbitrary<T>,
  holds: (value: T) => boolean | void,
): Property {
  return {
    ...name,
    gateRuns,
    check: (runs, seed) =>
      measure(async () => fc.check(fc.property(values, holds), { numRuns: runs, seed })),
  }
}

/** The same, for what takes its time. */
export function slowProperty<T>(
  { gateRuns = GATE_RUNS, ...name }: Named,
  values: fc.Arbitrary<T>,
  holds: (value: T) => Promise<boolean | void>,
): Property {
  return {
    ...name,
    gateRuns,
    check: (runs, seed) =>
      measure(() => fc.check(fc.asyncProperty(values, holds), { numRuns: runs, seed })),
  }
}

async function measure<T>(run: () => Promise<fc.RunDetails<T>>): Promise<Outcome> {
  const begin = performance.now()
  const cpu = process.cpuUsage()
  const details = await run()
  const { user, system } = process.cpuUsage(cpu)
  return {
    runs: details.numRuns,
    ms: performance.now() - begin,
    cpuMs: (user + system) / 1000,
    failure: details.failed ? (fc.defaultReportMessage(details) ?? 'failed') : undefined,
  }
}

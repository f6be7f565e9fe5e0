/**
 * What fuzzing must not find, counted: rejections that nobody handles, and memory that is not given back.
 * @module
 */
import process from 'node:process'

export interface Watch {
  /** What nobody caught, each as a text. */
  readonly unhandled: readonly string[]
  /** Memory is measured from here on. */
  warm(): void
  /** MiB since then, after what can be freed was; 0 where it was never warm. */
  growth(): number
  stop(): void
}

const MIB = 1024 * 1024

/** Listens to the whole process. */
export function watchProcess(): Watch {
  const unhandled: string[] = []
  const note = (reason: unknown): void => {
    unhandled.push(reason instanceof Error ? (reason.stack ?? reason.message) : String(reason))
  }
  process.on('unhandledRejection', note)
  process.on('uncaughtException', note)
  let from: number | undefined
  const rss = (): number => {
    // Only there with --expose-gc; without it the figure is somewhat higher.
    globalThis.gc?.()
    return process.memoryUsage.rss() / MIB
  }
  return {
    unhandled,
    warm: () => void (from = rss()),
    growth: () => (from === undefined ? 0 : Math.max(0, rss() - from)),
    stop() {
      process.off('unhandledRejection', note)
      process.off('uncaughtException', note)
    },
  }
}

export interface FuzzOptions {
  readonly tries: number
  readonly seed: number
  /** Ends after so long, however many were tried. */
  readonly seconds?: number
}

/** Figures of one run, ready to be printed. */
export interface FuzzFigures {
  readonly title: string
  readonly tries: number
  readonly ms: number
  /** How often each answer came. */
  readonly answers: ReadonlyMap<string, number>
  readonly growthMib: number
  /** What must not be; empty: met. */
  readonly violations: readonly string[]
}

export const MOST_GROWTH_MIB = 50

/** A table, and under it what was violated. */
export function renderFuzz({
  title,
  tries,
  ms,
  answers,
  growthMib,
  violations,
}: FuzzFigures): string {
  const rows = [...answers].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const seconds = (ms / 1000).toFixed(1)
  return [
    `${title}: ${tries} in ${seconds} s, memory +${growthMib.toFixed(0)} MiB, ${violations.length} violations`,
    ...rows.map(([answer, count]) => `  ${answer.padEnd(52)}${String(count).padStart(8)}`),
    ...violations.slice(0, 20).map((sentence) => `  ! ${sentence}`),
    '',
  ].join('\n')
}

/**
 * What was measured last, part by part, in `recorded.json`: the tables of the documents are made of it.
 * @module
 */
import { readFileSync } from 'node:fs'
import { availableParallelism, totalmem } from 'node:os'
import type { Group } from './figures.ts'

export interface Measurement {
  /** ISO 8601, the day alone. */
  readonly date: string
  /** Measured for a look only: fewer of everything. */
  readonly isQuick: boolean
  readonly cores: number
  readonly memoryGb: number
  readonly node: string
  readonly groups: readonly Group[]
}

/** By the name of the part. */
export type Recorded = Readonly<Record<string, Measurement>>

const FILE = new URL('recorded.json', import.meta.url)

export const readRecorded = (): Recorded => JSON.parse(readFileSync(FILE, 'utf8')) as Recorded

/** On this machine, today. */
export const toMeasurement = (groups: readonly Group[], isQuick: boolean): Measurement => ({
  date: new Date().toISOString().slice(0, 10),
  isQuick,
  cores: availableParallelism(),
  memoryGb: Math.round(totalmem() / 1e9),
  node: process.version.slice(1),
  groups,
})

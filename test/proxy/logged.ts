/**
 * Reading what a proxy under test has logged, and what it counts.
 * @module
 */
import assert from 'node:assert/strict'
import { until } from './shop.ts'
import { MERCHANT_KEY } from './support.ts'

export type Line = Readonly<Record<string, unknown>> & {
  readonly level: string
  readonly event: string
}

/** Every line so far, read. */
export const linesOf = (logs: readonly string[]): readonly Line[] =>
  logs.map((line) => JSON.parse(line) as Line)

export const findLines = (logs: readonly string[], event: string): readonly Line[] =>
  linesOf(logs).filter((line) => line.event === event)

/** The first line of this event, once it is there. */
export const lineOf = (logs: readonly string[], event: string): Promise<Line> =>
  until(`${event} is logged`, () => findLines(logs, event)[0])

/** The lines that are this alarm, once there is one. */
export const alarmsOf = async (
  logs: readonly string[],
  alarm: string,
): Promise<readonly Line[]> => {
  const find = (): readonly Line[] => linesOf(logs).filter((line) => line['alarm'] === alarm)
  await until(`${alarm} is logged`, () => find().length > 0)
  return find()
}

export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** Prometheus' text format. */
export const readSamples = (text: string): readonly Sample[] =>
  text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', labels = '', value = ''] =
        /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? assert.fail(line)
      const pairs = [...labels.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)]
      return {
        name,
        labels: Object.fromEntries(pairs.map(([, key = '', text = '']) => [key, text])),
        value: Number(value),
      }
    })

/** What the proxy counts now. */
export async function scrape(url: string, key = MERCHANT_KEY): Promise<readonly Sample[]> {
  const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${key}` } })
  assert.equal(response.status, 200)
  return readSamples(await response.text())
}

/** The sum of the samples that have these labels. */
export const sumOf = (
  samples: readonly Sample[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number =>
  samples
    .filter((sample) => sample.name === name)
    .filter((sample) => Object.entries(labels).every(([key, text]) => sample.labels[key] === text))
    .reduce((sum, { value }) => sum + value, 0)

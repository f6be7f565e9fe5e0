/**
 * What a proxy counts itself, from its `/metrics`.
 * @module
 */

export interface Counts {
  /** Reads of a checkout that were answered, by their status. */
  readonly polls: Readonly<Record<string, number>>
  /** Calls of the providers' adapters. */
  readonly calls: number
}

export const METRICS_KEY = 'bench-metrics-key-0123456789-abcdef'

const LINE = /^(\w+)_count\{([^}]*)\} (\d+)$/gm

export async function readCounts(url: string): Promise<Counts> {
  const answer = await fetch(`${url}/metrics`, {
    headers: { authorization: `Bearer ${METRICS_KEY}` },
  })
  if (!answer.ok) throw new Error(`/metrics answered ${answer.status}`)
  const polls: Record<string, number> = {}
  let calls = 0
  for (const [, name = '', labels = '', count] of (await answer.text()).matchAll(LINE)) {
    if (name.includes('provider_call')) calls += Number(count)
    const isPoll = labels.includes('method="GET"') && labels.includes('route="/v1/checkouts/:id"')
    if (!name.includes('http_request') || !isPoll) continue
    const status = /status="(\d+)"/.exec(labels)?.[1] ?? ''
    polls[status] = (polls[status] ?? 0) + Number(count)
  }
  return { polls, calls }
}

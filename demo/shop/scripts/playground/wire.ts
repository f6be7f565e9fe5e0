/**
 * What passes between the proxy and the payment companies, as the sandbox saw it.
 * @module
 */
import { createClient } from '../panel/client.ts'
import type { Journal } from './journal.ts'

const EVERY_MS = 1000

interface Call {
  readonly at: string
  readonly operation: string
  readonly status: number | null
  readonly fault: string | null
}

/** Follows both, from now on. */
export async function followWire(journal: Journal, sandboxUrl: string): Promise<void> {
  const read = async <T>(path: string): Promise<T> => (await fetch(sandboxUrl + path)).json() as T
  const calls = new Map<string, number>()
  const sandbox = createClient(sandboxUrl)
  const told = new Map<string, string>()

  const noteCalls = async (isQuiet: boolean): Promise<void> => {
    const ledgers = await read<Record<string, { calls: readonly Call[] }>>('/ledger')
    const fresh = Object.entries(ledgers).flatMap(([provider, { calls: all }]) => {
      const from = Math.min(calls.get(provider) ?? 0, all.length)
      calls.set(provider, all.length)
      return all.slice(from).map((call) => ({ provider, ...call }))
    })
    if (isQuiet) return
    for (const { provider, operation, status, fault } of fresh.toSorted((a, b) =>
      a.at.localeCompare(b.at),
    ))
      journal.add({
        line: 'proxy → company',
        title: `${provider}: ${operation}`,
        answer: fault ?? String(status ?? ''),
        isBad: fault !== null || (status ?? 0) >= 400,
      })
  }

  const noteNotifications = async (isQuiet: boolean): Promise<void> => {
    for (const { id, provider, isForged, state, attempts, body } of await sandbox.notifications()) {
      const answers = attempts.map(({ status }) => status ?? 'none').join(', ')
      const answer = [state, answers].filter(Boolean).join(' · ')
      if (told.get(id) === answer) continue
      told.set(id, answer)
      if (isQuiet) continue
      const title = `${provider}${isForged ? ', forged' : ''}: notification`
      const isBad =
        state === 'lost' || attempts.some(({ status }) => status === null || status >= 400)
      journal.add({ line: 'company → proxy', title, answer, isBad }, body)
    }
  }

  const look = async (isQuiet: boolean): Promise<void> => {
    await Promise.all([noteCalls(isQuiet), noteNotifications(isQuiet)]).catch(() => {})
  }
  await look(true)
  const next = async (): Promise<void> => {
    if (!document.hidden) await look(false)
    setTimeout(() => void next(), EVERY_MS)
  }
  setTimeout(() => void next(), EVERY_MS)
}

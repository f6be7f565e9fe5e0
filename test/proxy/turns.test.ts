import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Store } from '../../proxy/store.ts'
import { createTurns } from '../../proxy/turns.ts'

/** A store that gives a lease to whoever asks, and fails where it is told to. */
function storeOf(more: Partial<Store> = {}): Store {
  let turn = 0
  const store: Partial<Store> = {
    takeLease: async () => (turn += 1),
    renewLease: async () => undefined,
    releaseLease: async () => undefined,
    ...more,
  }
  return store as Store
}

describe('one at a time', () => {
  it('keeps the answer where the lease could not be given back: it lapses by itself', async () => {
    const releaseLease = () => Promise.reject(new Error('the line is down'))
    const inTurn = createTurns(storeOf({ releaseLease }), Date.now)
    assert.equal(await inTurn('engine', async () => 'made'), 'made')
  })

  it('refuses who has waited too long, and never does afterwards what he asked for', async () => {
    const inTurn = createTurns(storeOf(), Date.now, 100)
    const done: string[] = []
    const slow = inTurn('engine', async () => {
      await pause(200)
      done.push('slow')
    })
    const late = inTurn('engine', async () => void done.push('late'))
    await slow
    await assert.rejects(late, {
      name: 'ProviderError',
      code: 'provider_unavailable',
      mayHaveHappened: false,
    })
    assert.deepEqual(done, ['slow'])
    await inTurn('engine', async () => void done.push('next'))
    assert.deepEqual(done, ['slow', 'next'])
  })
})

/**
 * Many at once, and patience: what the drivers of the harness share.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'

/** Runs `task` for every item, `size` at a time. */
export async function forAll<T>(
  items: Iterable<T>,
  size: number,
  task: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.iterator]()
  const worker = async (): Promise<void> => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) await task(next.value)
  }
  await Promise.all(Array.from({ length: size }, worker))
}

const STEP_MS = 100

/** Looks again and again; false where it did not come about in time. */
export async function becomes(look: () => Promise<boolean>, patienceMs: number): Promise<boolean> {
  const end = performance.now() + patienceMs
  while (performance.now() < end) {
    if (await look()) return true
    await sleep(STEP_MS)
  }
  return false
}

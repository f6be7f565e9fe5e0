/**
 * Waiting for something to come about.
 * @module
 */

const LOOK_MS = 150

/** Looks again and again. Throws with what it waited for. */
export async function waitFor<T>(
  what: string | (() => string),
  patienceMs: number,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const end = performance.now() + patienceMs
  while (performance.now() < end) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  throw new Error(`Waited in vain for ${typeof what === 'string' ? what : what()}.`)
}

/**
 * A widget without its element: the status engine as pages run it, with Node's network and clock. Each
 * is a browser of its own.
 * @module
 */
import { createEngine } from '../../widget/core/engine.ts'
import type { Engine } from '../../widget/core/engine.ts'
import type { EngineState } from '../../widget/core/state.ts'
import type { Environment } from '../../widget/core/environment.ts'

const ENVIRONMENT: Environment = {
  fetch: (url, init) => fetch(url, init),
  now: () => performance.now(),
  wallNow: () => Date.now(),
  setTimer(callback, ms) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
  sha256: async (data) => new Uint8Array(await crypto.subtle.digest('SHA-256', data)),
  random: () => Math.random(),
  isHidden: () => false,
  isOnline: () => true,
  onWake: () => undefined,
  openChannel: () => null,
  async tryLock(_name, task) {
    await task()
    return true
  },
  storage: () => null,
}

/** Opens a checkout that is there, and follows it until it is closed. */
export function openWidget(
  proxy: string,
  checkoutId: string,
  onState: (state: EngineState) => void = () => undefined,
): Engine {
  const order = { body: null, id: checkoutId, isReturn: false }
  const engine = createEngine({ proxy, order, environment: ENVIRONMENT, onState })
  engine.open()
  return engine
}

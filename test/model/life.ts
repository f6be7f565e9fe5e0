/**
 * A life: one run of a proxy inside this process, that can be ended as a power cut ends one. Its timers
 * follow the model's clock, its database connections can be made to fail, and after its death nothing of
 * it has an effect: no timer fires, no statement runs, no call goes out.
 * @module
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { DatabaseSync } from 'node:sqlite'
import type { Failpoint } from '../../proxy/failpoints.ts'

export interface Life {
  isDead: boolean
  /** It ends when this moment is reached. */
  endsAt: Failpoint | undefined
  readonly timers: Set<Timer>
  readonly connections: Set<DatabaseSync>
}

interface Timer {
  at: number
  readonly everyMs: number | undefined
  readonly run: () => void
}

/** Thrown where a life ends in the middle of something. */
class Death extends Error {
  override readonly name = 'Death'
}

const lives = new AsyncLocalStorage<Life>()
let time = 0

/** The clock of every life, epoch milliseconds. */
export const now = (): number => time
export const setClock = (ms: number): void => void (time = ms)

export const beginLife = (): Life => ({
  isDead: false,
  endsAt: undefined,
  timers: new Set(),
  connections: new Set(),
})

/** Whatever `task` begins belongs to that life. */
export const within = <T>(life: Life, task: () => T): T => lives.run(life, task)
/** What others do because of it does not. */
export const outside = <T>(task: () => T): T => lives.exit(task)
export const currentLife = (): Life | undefined => lives.getStore()

export function endLife(life: Life): void {
  life.isDead = true
  life.timers.clear()
  // What was not committed is gone with its connection.
  for (const connection of life.connections) if (connection.isOpen) connection.close()
  life.connections.clear()
}

/** To be given to the proxy as `reached`. */
export function reached(point: Failpoint): void {
  const life = lives.getStore()
  if (life?.endsAt === point) endLife(life)
  if (life?.isDead) throw new Death(`ended at ${point}`)
}

/** Nothing can be written, or it can again. */
export function failWrites(life: Life, isFailing: boolean): void {
  for (const connection of life.connections) {
    if (connection.isOpen) connection.exec(`pragma query_only = ${isFailing ? 'on' : 'off'}`)
  }
}

/** The clock jumps, and whatever was due meanwhile happens now, once, as after a machine's sleep. */
export function advance(life: Life | undefined, ms: number): void {
  time += ms
  if (!life || life.isDead) return
  const due = [...life.timers].filter(({ at }) => at <= time).toSorted((a, b) => a.at - b.at)
  for (const timer of due) {
    if (!life.timers.has(timer)) continue
    if (timer.everyMs === undefined) life.timers.delete(timer)
    else timer.at = time + timer.everyMs
    timer.run()
  }
}

let underWay = 0
let whenLess = Promise.withResolvers<void>()
const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))
/** A promise chain may need a few turns of the event loop before it begins something else. */
const QUIET_TURNS = 6

/** Until nothing moves any more: what still waits then, waits for the clock or for a provider. */
export async function settle(): Promise<void> {
  for (let quiet = 0; quiet < QUIET_TURNS; quiet += 1) {
    await turn()
    if (underWay === 0) continue
    // Whoever turns round and round here keeps the other threads from their work.
    await whenLess.promise
    quiet = -1
  }
}

/** Replaces this process's timers by those of a life, for whatever runs inside one. */
export function install(): void {
  const real = { setTimeout, setInterval, clearTimeout, clearInterval }
  const begin =
    (isRepeated: boolean) =>
    (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): unknown => {
      const life = lives.getStore()
      if (!life) {
        const start = isRepeated ? real.setInterval : real.setTimeout
        return start(callback, ms, ...args)
      }
      const resume = AsyncLocalStorage.snapshot()
      const timer = {
        at: time + Math.max(1, ms),
        everyMs: isRepeated ? Math.max(1, ms) : undefined,
        run: () => resume(() => callback(...args)),
        ref: () => timer,
        unref: () => timer,
        hasRef: () => true,
        life,
      }
      if (!life.isDead) life.timers.add(timer)
      return timer
    }
  const stop =
    (stopReal: (timer: never) => void) =>
    (timer: unknown): void => {
      const own = timer as { life?: Life } | undefined
      if (own?.life) own.life.timers.delete(timer as Timer)
      else stopReal(timer as never)
    }
  Object.assign(globalThis, {
    setTimeout: begin(false),
    setInterval: begin(true),
    clearTimeout: stop(real.clearTimeout),
    clearInterval: stop(real.clearInterval),
  })
  watchConnections()
  countCrypto()
}

/** Every connection that a life opens is its own. Nobody pulls the plug here, so nobody waits for the disk. */
function watchConnections(): void {
  const { exec, prepare } = DatabaseSync.prototype
  const note = (connection: DatabaseSync): void =>
    void lives.getStore()?.connections.add(connection)
  DatabaseSync.prototype.exec = function execNoted(this: DatabaseSync, text) {
    note(this)
    exec.call(this, text.replaceAll(/synchronous = (full|normal)/g, 'synchronous = off'))
  }
  DatabaseSync.prototype.prepare = function prepareNoted(this: DatabaseSync, text, ...more) {
    note(this)
    return prepare.call(this, text, ...more)
  }
}

/** What runs in other threads is the one thing that the event loop does not show. */
function countCrypto(): void {
  const { subtle } = globalThis.crypto
  const names = [
    'sign',
    'verify',
    'encrypt',
    'decrypt',
    'digest',
    'importKey',
    'generateKey',
    'exportKey',
  ]
  for (const name of names) {
    const original = Reflect.get(subtle, name) as (...args: unknown[]) => Promise<unknown>
    const counted = async (...args: unknown[]): Promise<unknown> => {
      underWay += 1
      try {
        return await original.apply(subtle, args)
      } finally {
        underWay -= 1
        whenLess.resolve()
        whenLess = Promise.withResolvers<void>()
      }
    }
    Object.defineProperty(subtle, name, { value: counted, configurable: true })
  }
}

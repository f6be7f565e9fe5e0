/**
 * Everything of the browser that the status engine touches, as one object, so that a test (or an
 * unusual host) brings its own clock, network, visibility and storage.
 * @module
 */

/** A channel to the other tabs of this origin. */
export type Channel = Pick<BroadcastChannel, 'postMessage' | 'close'>

/** The part of `Storage` that is used. */
export type KeyValue = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** See {@link browserEnvironment} for the real one. */
export interface Environment {
  fetch(url: string, init: RequestInit): Promise<Response>
  /** Milliseconds that only ever rise; not the time of day. */
  now(): number
  /** The shopper's time of day. For the age of what is stored, never for a deadline. */
  wallNow(): number
  /** Calls back once after `ms`; the answer stops it. */
  setTimer(callback: () => void, ms: number): () => void
  /** Rejects where the page is not secure, and has no cryptography. */
  sha256(data: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>
  /** 0 to 1, for jitter. */
  random(): number
  isHidden(): boolean
  isOnline(): boolean
  /** Calls back whenever the shopper may have come back, or the network did. */
  onWake(listener: () => void, signal: AbortSignal): void
  openChannel(name: string, onMessage: (message: unknown) => void): Channel | null
  /** Runs `task` unless another tab is running one by this name; says whether it ran. */
  tryLock(name: string, task: () => Promise<void>): Promise<boolean>
  /** Where the open order is remembered; null where the browser refuses to. */
  storage(): KeyValue | null
}

/** The page's own clock, network and storage. */
export function browserEnvironment(): Environment {
  return {
    fetch: (url, init) => fetch(url, init),
    now: () => performance.now(),
    wallNow: () => Date.now(),
    setTimer: (callback, ms) => {
      const timer = setTimeout(callback, ms)
      return () => clearTimeout(timer)
    },
    sha256: async (data) => new Uint8Array(await crypto.subtle.digest('SHA-256', data)),
    random: () => Math.random(),
    isHidden: () => document.hidden,
    isOnline: () => navigator.onLine,
    onWake: (listener, signal) => {
      document.addEventListener('visibilitychange', listener, { signal })
      for (const type of ['pageshow', 'focus', 'online', 'offline'])
        addEventListener(type, listener, { signal })
    },
    openChannel,
    tryLock,
    storage,
  }
}

/** As storage. */
function openChannel(name: string, onMessage: (message: unknown) => void): Channel | null {
  try {
    const channel = new BroadcastChannel(name)
    channel.addEventListener('message', (event) => onMessage(event.data))
    return channel
  } catch {
    return null
  }
}

/** Locks may be missing, or refused where storage is; without them the tabs still hear each other and take turns. */
async function tryLock(name: string, task: () => Promise<void>): Promise<boolean> {
  const run = () => task().then(() => true)
  const locks = (navigator as Partial<Navigator>).locks
  if (!locks) return run()
  return locks
    .request(name, { ifAvailable: true }, async (lock) => lock !== null && run())
    .catch(run)
}

/** Storage may be missing, or throw on being looked at (blocked cookies, sandboxed frames). */
function storage(): KeyValue | null {
  try {
    return localStorage
  } catch {
    return null
  }
}

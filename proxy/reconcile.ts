/**
 * The worker that looks at every unsettled payment whether or not a browser is watching.
 * @module
 */
import type { Observer, Services } from './observe.ts'

export interface Worker {
  /** Ends after the round that is under way. */
  stop(): Promise<void>
}

const ROUND_MS = 1000
const BATCH = 20

/** Starts looking, once a second, at what is due. */
export function startReconcile({
  store,
  now,
  log,
  observer,
}: Services & { readonly observer: Observer }): Worker {
  let isStopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let round = Promise.resolve()

  async function run(): Promise<void> {
    try {
      const due = await store.listDue(now(), BATCH)
      await Promise.all(due.map((key) => observer.look(key, ROUND_MS)))
    } catch (error) {
      log('error', 'reconcile.failed', { detail: String(error) })
    }
    wait()
  }

  function wait(): void {
    if (isStopped) return
    timer = setTimeout(() => {
      round = run()
    }, ROUND_MS)
  }

  wait()
  return {
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await round
    },
  }
}

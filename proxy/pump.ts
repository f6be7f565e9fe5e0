/**
 * A worker: takes work in small claims, and keeps a bounded number of tasks under way. One slow task
 * never holds up the others.
 * @module
 */

export interface Worker {
  /** Takes nothing new; resolves when what is under way has ended. */
  stop(): Promise<void>
}

export interface PumpOptions<T> {
  /** Takes up to `limit` tasks that nobody else has. */
  readonly claim: (limit: number) => Promise<readonly T[]>
  readonly handle: (task: T) => Promise<void>
  /** The most under way. */
  readonly size: number
  /** How often to look for work when there was none. */
  readonly idleMs: number
  readonly onError: (error: unknown) => void
}

export function startPump<T>({ claim, handle, size, idleMs, onError }: PumpOptions<T>): Worker {
  const underWay = new Set<Promise<void>>()
  let isStopped = false
  let filling: Promise<void> | undefined
  let mayHaveMore = false

  async function fill(): Promise<void> {
    const free = size - underWay.size
    if (free === 0) return
    try {
      const tasks = await claim(free)
      tasks.forEach(begin)
      mayHaveMore = tasks.length === free
    } catch (error) {
      mayHaveMore = false
      onError(error)
    }
  }

  function refill(): void {
    if (isStopped) return
    filling ??= fill().finally(() => {
      filling = undefined
    })
  }

  function begin(task: T): void {
    const run = handle(task)
      .catch(onError)
      .finally(() => {
        underWay.delete(run)
        if (mayHaveMore) refill()
      })
    underWay.add(run)
  }

  const timer = setInterval(refill, idleMs)
  refill()
  return {
    async stop() {
      isStopped = true
      clearInterval(timer)
      await filling
      await Promise.all(underWay)
    },
  }
}

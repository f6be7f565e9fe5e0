/**
 * Numbers about the process itself. The library's own collectors are not used: they watch for as long as
 * the process lives, and a process may hold several proxies.
 * @module
 */

/** Adds a number that is asked for at each scrape; a counter only rises. */
export type AddNumber = (
  type: 'counter' | 'gauge',
  name: string,
  help: string,
  read: () => number,
) => void

export function addProcess(add: AddNumber): void {
  const startedAt = Date.now() / 1000 - process.uptime()
  add('counter', 'process_cpu_seconds_total', 'Processor time used.', () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  })
  add('gauge', 'process_start_time_seconds', 'When the process began.', () => startedAt)
  add('gauge', 'process_resident_memory_bytes', 'Memory in use.', () => process.memoryUsage().rss)
  add(
    'gauge',
    'nodejs_heap_size_used_bytes',
    'Of it, the heap.',
    () => process.memoryUsage().heapUsed,
  )
  addUtilization(add)
}

/** Between two scrapes, where the runtime can tell. */
function addUtilization(add: AddNumber): void {
  const { eventLoopUtilization } = performance as Partial<typeof performance>
  if (!eventLoopUtilization) return
  let before = performance.eventLoopUtilization()
  add('gauge', 'nodejs_eventloop_utilization', 'How busy it was, 0 to 1.', () => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, before)
    before = now
    return utilization
  })
}

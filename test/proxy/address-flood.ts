/**
 * A process of its own that counts 100,000 addresses and prints how large its heap was meanwhile:
 * beside a test runner's own hooks no heap can be measured.
 * @module
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Context } from 'hono'
import type { ProxyEnv } from '../../proxy/guard.ts'
import { createLimits } from '../../proxy/limits.ts'

const ADDRESSES = 100_000
const SAMPLE_EVERY = 20_000

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const limits = createLimits({ rateLimit: 1, trustedProxies: [], log: () => undefined })
const pass = async (): Promise<void> => undefined

const megabytes: number[] = []
for (let n = 1; n <= ADDRESSES; n += 1) {
  const remoteAddress = `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`
  const line = {
    env: { incoming: { socket: { remoteAddress } } },
    req: { header: () => undefined },
  }
  await limits.byAddress(line as unknown as Context<ProxyEnv>, pass)
  if (n % SAMPLE_EVERY > 0) continue
  collect()
  megabytes.push(process.memoryUsage().heapUsed / 1e6)
}
process.stdout.write(`${JSON.stringify(megabytes)}\n`)

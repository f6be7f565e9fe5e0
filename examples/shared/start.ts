/**
 * Sandbox, proxy, the merchant's server and one example as it is edited: `npm run example -- vue`.
 * @module
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { startStack } from '../../demo/stack.ts'
import { TRUSTED_TYPES, isPlain } from './policy.ts'
import type { ExampleName } from './policy.ts'
import { startShop } from './shop.ts'

/** The examples' own configurations name both: the first leads what is asked of `/api` to the second. */
const DEV_PORT = 5173
const SHOP_PORT = 3100
const NAMES = Object.keys(TRUSTED_TYPES)
const IS_WINDOWS = process.platform === 'win32'
const ROOT = join(import.meta.dirname, '../..')

const say = (text: string): void => void process.stdout.write(`${text}\n`)
const [name] = process.argv.slice(2)
if (isExample(name)) await start(name)
else {
  process.stderr.write(`Which one? npm run example -- ${NAMES.join('|')}\n`)
  process.exitCode = 1
}

async function start(example: ExampleName): Promise<void> {
  const [devUrl, shopUrl] = [DEV_PORT, SHOP_PORT].map((port) => `http://localhost:${port}`)
  const stack = await startStack({
    dataDir: join(ROOT, 'data/examples'),
    hasUsualPorts: true,
    origins: [devUrl ?? '', shopUrl ?? ''],
  })
  const { proxyUrl, secrets } = stack
  const { orderSecret } = secrets
  const shop = await startShop({ name: example, port: SHOP_PORT, proxyUrl, orderSecret })
  const dev = isPlain(example) ? undefined : startDevServer(example)
  let isClosing = false
  const close = async (): Promise<void> => {
    if (isClosing) return
    isClosing = true
    if (dev) endWithChildren(dev)
    await shop.close()
    await stack.close()
    process.exit()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => void close())
  dev?.on('exit', () => void close())
  say(`\n  ${example}   ${dev ? devUrl : shopUrl}`)
  say(`  play the payer   ${stack.shopUrl}/sandbox\n`)
}

/** `npm run dev`, in the example's folder. */
function startDevServer(example: ExampleName): ChildProcess {
  return spawn('npm', ['run', 'dev'], {
    cwd: join(ROOT, 'examples', example),
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: IS_WINDOWS,
    // A group of its own: npm does not pass on that it has to end.
    detached: !IS_WINDOWS,
  })
}

function endWithChildren({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return
  process.kill(IS_WINDOWS ? pid : -pid)
}

function isExample(text: string | undefined): text is ExampleName {
  return text !== undefined && NAMES.includes(text)
}

/**
 * Sandbox, proxy, the merchant's server and one example as it is edited: `npm run example -- vue`.
 * @module
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createPorts } from '../../demo/ports.ts'
import { startStack } from '../../demo/stack.ts'
import { TRUSTED_TYPES, isPlain } from './policy.ts'
import type { ExampleName } from './policy.ts'
import { startShop } from './shop.ts'
import { MOUNTED, startMounted } from './start-mounted.ts'
import type { MountedName } from './start-mounted.ts'
import { BESIDE, missingFor, startBeside } from './start-beside.ts'
import type { BesideName } from './start-beside.ts'

/** The examples' own configurations name both: the first leads what is asked of `/api` to the second. */
const DEV_PORT = 5173
const SHOP_PORT = 3100
const PROXY_PORT = 8890
const NAMES = Object.keys(TRUSTED_TYPES)
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const IS_WINDOWS = process.platform === 'win32'
const ROOT = join(import.meta.dirname, '../..')

const say = (text: string): void => void process.stdout.write(`${text}\n`)
const [name] = process.argv.slice(2)
if (isExample(name)) await start(name)
else if (isMounted(name)) await startOwnProxy(name)
else if (isBeside(name)) await startSite(name)
else {
  const names = [...NAMES, ...MOUNTED, ...BESIDE].join('|')
  process.stderr.write(`Which one? npm run example -- ${names}\n`)
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
  for (const signal of SIGNALS) process.on(signal, () => void close())
  dev?.on('exit', () => void close())
  say(`\n  ${example}   ${dev ? devUrl : shopUrl}`)
  say(`  play the payer   ${stack.shopUrl}/sandbox\n`)
}

/** A shop that is its own proxy. The stack's is for the page on which the payer is played. */
async function startOwnProxy(example: MountedName): Promise<void> {
  const dataDir = join(ROOT, 'data/examples')
  const stack = await startStack({ dataDir, hasUsualPorts: true })
  const shop = await startMounted({
    name: example,
    port: SHOP_PORT,
    sandboxUrls: stack.sandboxUrls,
    databaseFile: join(dataDir, `${example}.db`),
  })
  for (const signal of SIGNALS) process.on(signal, () => void shop.stop())
  say(`\n  ${example}   ${shop.url}`)
  say(`  play the payer   ${stack.shopUrl}/sandbox\n`)
  await shop.ended
  await stack.close()
  process.exit()
}

/** A site with a proxy beside it. The stack's is for the page on which the payer is played. */
async function startSite(example: BesideName): Promise<void> {
  const missing = missingFor(example)
  if (missing !== undefined) {
    process.stderr.write(`${missing}\n`)
    process.exitCode = 1
    return
  }
  const dataDir = join(ROOT, 'data/examples')
  const stack = await startStack({ dataDir, hasUsualPorts: true })
  const { find } = createPorts()
  const site = await startBeside({
    name: example,
    ports: { site: SHOP_PORT, proxy: await find(PROXY_PORT), merchant: await find(PROXY_PORT + 1) },
    sandboxUrls: stack.sandboxUrls,
    dataDir: join(dataDir, example),
  })
  const close = async (): Promise<void> => {
    await site.stop()
    await stack.close()
    process.exit()
  }
  for (const signal of SIGNALS) process.once(signal, () => void close())
  say(`\n  ${example}   ${site.url}`)
  say(`  play the payer   ${stack.shopUrl}/sandbox`)
  say(`  the merchant's console   ${site.merchantUrl}/console/   (its key: ${site.secretsFile})\n`)
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

function isMounted(text: string | undefined): text is MountedName {
  return (MOUNTED as readonly (string | undefined)[]).includes(text)
}

function isBeside(text: string | undefined): text is BesideName {
  return (BESIDE as readonly (string | undefined)[]).includes(text)
}

function isExample(text: string | undefined): text is ExampleName {
  return text !== undefined && NAMES.includes(text)
}

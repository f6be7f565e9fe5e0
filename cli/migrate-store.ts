/**
 * `crypto-checkout migrate-store`: from SQLite to PostgreSQL when one machine is not enough, or back.
 * @module
 */
import { copyStore } from '../proxy/stores/copy-store.ts'
import { openAlone } from '../proxy/stores/open-alone.ts'
import type { LoneDatabase } from '../proxy/stores/open-alone.ts'
import { describeUrl, explain, isSame, isStoreUrl } from './store-url.ts'
import { readOptions, UsageError } from './usage.ts'

const HELP = `Usage: crypto-checkout migrate-store --from <url> --to <url>

  --from  the store as it is:         file:./data/checkout.db
  --to    an empty database to be it: postgres://user@host/database

Stop every proxy first; a file that a proxy has open is refused, and none can open it meanwhile.
Both are brought up to date, everything is copied in one transaction, read back and compared.
Where it fails, the source is as it was and the target is empty: run it again.
A password can be given in PGPASSWORD instead of in the URL, where other users could see it.
`

const OPTIONS = { from: { type: 'string' }, to: { type: 'string' } } as const

export async function migrateStore(args: readonly string[]): Promise<void> {
  const options = readOptions(args, OPTIONS, HELP)
  if (!options) return
  const from = requireUrl('from', options.from)
  const to = requireUrl('to', options.to)
  if (isSame(from, to)) throw new UsageError('--from and --to are the same')
  const source = await open('from', from)
  try {
    const target = await open('to', to)
    try {
      say(`Moving ${describeUrl(from)} to ${describeUrl(to)}. Proxies must be stopped.`)
      await copyStore(source, target, ({ table, rows }) => say(`  ${table}: ${rows} rows`))
    } catch (error) {
      throw new Error(explain(error), { cause: error })
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
  say(
    'Done: everything was read back and is the same. Start the proxies with DATABASE_URL set to the',
  )
  say('new address, and never again on the old one: what it holds is from now on only a copy.')
}

function requireUrl(option: string, url: string | undefined): string {
  if (url === undefined) throw new UsageError(`--${option} is missing\n\n${HELP.trimEnd()}`)
  if (!isStoreUrl(url)) {
    throw new UsageError(`--${option} must begin with file: or postgres://, and name what is kept`)
  }
  return url
}

async function open(option: 'from' | 'to', url: string): Promise<LoneDatabase> {
  try {
    return await openAlone(url, option === 'from')
  } catch (error) {
    throw new Error(`--${option} ${describeUrl(url)}: ${explain(error)}`, { cause: error })
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

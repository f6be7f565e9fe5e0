/**
 * `crypto-checkout migrate-store`: from SQLite to PostgreSQL when one machine is not enough, or back.
 * @module
 */
import type { Command } from 'commander'
import { copyStore } from '../proxy/stores/copy-store.ts'
import { openAlone } from '../proxy/stores/open-alone.ts'
import type { LoneDatabase } from '../proxy/stores/open-alone.ts'
import { say } from './output.ts'
import { describeUrl, explain, isSame, isStoreUrl } from './store-url.ts'
import { createCommand, textOption, UsageError } from './usage.ts'

const ABOUT = `Moves a store to an empty database.

Stop every proxy first; a file that a proxy has open is refused, and none can open it meanwhile.
Both are brought up to date, everything is copied in one transaction, read back and compared.
Where it fails, the source is as it was and the target is empty: run it again.
A password can be given in PGPASSWORD instead of in the URL, where other users could see it.`

interface Options {
  readonly from?: string
  readonly to?: string
}

export function migrateStoreCommand(): Command {
  const command = createCommand({
    name: 'crypto-checkout migrate-store',
    summary: 'move a store to another database, with nothing lost',
    about: ABOUT,
    examples: [
      'crypto-checkout migrate-store --from file:./data/checkout.db --to postgres://user@host/database',
    ],
  })
    .addOption(textOption('--from <url>', 'the store as it is'))
    .addOption(textOption('--to <url>', 'an empty database to be it'))
  return command.action((options: Options) => migrateStore(options, command))
}

async function migrateStore(options: Options, command: Command): Promise<void> {
  const requireUrl = (option: 'from' | 'to'): string =>
    readUrl(option, options[option], command.helpInformation())
  const from = requireUrl('from')
  const to = requireUrl('to')
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

function readUrl(option: string, url: string | undefined, help: string): string {
  if (url === undefined) throw new UsageError(`--${option} is missing\n\n${help.trimEnd()}`)
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

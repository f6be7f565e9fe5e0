#!/usr/bin/env node
/**
 * `crypto-checkout <command>`. A new command is a line of the table and a file beside this one, which is
 * loaded when it is asked for. Exits with 0, with 1 where it failed, with 2 where it was called wrongly.
 * @module
 */
import { UsageError } from './usage.ts'

interface Command {
  readonly name: string
  readonly summary: string
  /** Throws a `UsageError`, or an error whose message says what went wrong. */
  run(args: readonly string[]): Promise<void>
}

const COMMANDS: readonly Command[] = [
  {
    name: 'migrate-store',
    summary: 'move a store to another database, with nothing lost',
    run: async (args) => (await import('./migrate-store.ts')).migrateStore(args),
  },
  {
    name: 'proxy',
    summary: 'start the proxy, configured from the environment',
    run: async (args) => (await import('./proxy.ts')).runProxy(args),
  },
  {
    name: 'help',
    summary: 'show this',
    run: async () => void process.stdout.write(describeCommands()),
  },
]

process.exitCode = await main(process.argv.slice(2))

async function main([name, ...args]: readonly string[]): Promise<number> {
  const command = COMMANDS.find((known) => known.name === (name === '--help' ? 'help' : name))
  if (!command) {
    process.stderr.write(`${name ? 'There is no such command.\n\n' : ''}${describeCommands()}`)
    return 2
  }
  try {
    await command.run(args)
    return 0
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    process.stderr.write(`crypto-checkout ${command.name}: ${message}\n`)
    return error instanceof UsageError ? 2 : 1
  }
}

function describeCommands(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length))
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`)
  return `Usage: crypto-checkout <command>, or <command> --help\n\n${lines.join('')}`
}

/**
 * Every command, on one screen. A new one is a line of the table and a file beside this one, which is
 * loaded when it is asked for.
 * @module
 */
import { CommanderError } from 'commander'
import type { Command } from 'commander'
import { endWithPipe, tell } from './output.ts'
import { createCommand, isHelp, toUsageError, UsageError } from './usage.ts'
import { packageVersion } from './package.ts'

interface Entry {
  readonly name: string
  readonly summary: string
  /** Its action throws a `UsageError`, or an error whose message says what went wrong. */
  load(): Promise<Command>
}

const COMMANDS: readonly Entry[] = [
  {
    name: 'demo',
    summary: 'sandbox, proxy and a shop on this machine',
    load: async () => (await import('./demo.ts')).demoCommand(),
  },
  {
    name: 'keys',
    summary: 'make every key that a proxy needs',
    load: async () => (await import('./keys.ts')).keysCommand(),
  },
  {
    name: 'doctor',
    summary: 'find what is wrong with a configuration, and say the fix',
    load: async () => (await import('./doctor.ts')).doctorCommand(),
  },
  {
    name: 'proxy',
    summary: 'start the proxy, configured from the environment',
    load: async () => (await import('./proxy.ts')).proxyCommand(),
  },
  {
    name: 'sandbox',
    summary: 'play the providers, and print how a proxy finds them',
    load: async () => (await import('./sandbox.ts')).sandboxCommand(),
  },
  {
    name: 'sign',
    summary: 'sign an order, and print its token',
    load: async () => (await import('./sign.ts')).signCommand(),
  },
  {
    name: 'csp',
    summary: 'the Content Security Policy of a page with the widget',
    load: async () => (await import('./csp.ts')).cspCommand(),
  },
  {
    name: 'webhook',
    summary: 'listen to notifications, send a test, replay failed ones',
    load: async () => (await import('./webhook.ts')).webhookCommand(),
  },
  {
    name: 'migrate-store',
    summary: 'move a store to another database, with nothing lost',
    load: async () => (await import('./migrate-store.ts')).migrateStoreCommand(),
  },
  { name: 'help', summary: 'show this', load: async () => createProgram() },
]

/** Runs one command; what goes wrong is written to standard error. Returns the exit code. */
export async function runProgram(args: readonly string[]): Promise<number> {
  endWithPipe()
  const program = createProgram()
  // What is running now: the words about a mistake are its own.
  let running: Command = program
  for (const { name, load } of COMMANDS) {
    program.commands
      .find((stub) => stub.name() === name)
      ?.action(async (rest: readonly string[]) => {
        running = await load()
        const own = name === 'help' ? ['--help'] : rest
        await running.parseAsync([...own], { from: 'user' })
      })
  }
  if (args.length === 0) {
    process.stderr.write(program.helpInformation())
    return 2
  }
  try {
    await program.parseAsync([...args], { from: 'user' })
    // What was found may be worth a 1, although nothing failed.
    return process.exitCode === 1 ? 1 : 0
  } catch (error) {
    if (isHelp(error)) return 0
    const meant = running === program ? program : innermost(running, args)
    const known = error instanceof CommanderError ? toUsageError(error, meant) : error
    const message = known instanceof Error ? known.message : String(known)
    tell(meant === program ? message : `${pathOf(meant)}: ${message}`)
    return known instanceof UsageError ? 2 : 1
  }
}

function createProgram(): Command {
  const program = createCommand({
    name: 'crypto-checkout',
    summary: 'The proxy of crypto-checkout, and what helps to run it.',
    examples: [
      'crypto-checkout keys --out .env      # then fill in the rest: .env.example',
      'crypto-checkout doctor               # what is still wrong, and the fix',
      'crypto-checkout <command> --help     # options and examples',
    ],
  })
    .usage('<command> [options]')
    .version(packageVersion(), '-v, --version', 'show the version')
    .enablePositionalOptions()
  for (const { name, summary } of COMMANDS) {
    program
      .command(name, { hidden: false })
      .summary(summary)
      .usage('')
      .helpOption(false)
      .argument('[args...]')
      .allowUnknownOption()
      .passThroughOptions()
  }
  return program.configureHelp({ subcommandTerm: (command) => command.name() })
}

/** Of a command of commands: the one that was called. */
const innermost = (command: Command, args: readonly string[]): Command =>
  command.commands.find((inner) => inner.name() === args[1]) ?? command

const pathOf = (command: Command): string =>
  command.parent ? `${command.parent.name()} ${command.name()}` : command.name()

/**
 * How a command is built, and how it says that it was called wrongly: by the option, never by what was
 * given, which may hold a password.
 * @module
 */
import { Command, CommanderError, Option } from 'commander'
import { distance } from './distance.ts'

/** The command was called wrongly. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export interface CommandText {
  readonly name: string
  readonly summary: string
  /** What the help says below the summary. */
  readonly about?: string
  /** Whole lines that can be typed. */
  readonly examples?: readonly string[]
}

/** A command that throws where commander would end the process, and leaves the words to us. */
export function createCommand({ name, summary, about, examples = [] }: CommandText): Command {
  const command = new Command(name)
    .summary(summary)
    .description(about ?? summary)
    .exitOverride()
    .configureOutput({ outputError: () => undefined, writeErr: () => undefined })
    .helpCommand(false)
    .helpOption('-h, --help', 'show this')
  if (examples.length === 0) return command
  return command.addHelpText(
    'after',
    `\nExamples:\n${examples.map((line) => `  ${line}\n`).join('')}`,
  )
}

/** An option with a text as its value. What begins like an option is none: its value was forgotten. */
export const textOption = (flags: string, description: string): Option =>
  readOption(flags, description, (text) => text)

/** An option whose value `read` understands; undefined: it does not, and `must` says what it wants. */
export function readOption(
  flags: string,
  description: string,
  read: (text: string) => unknown,
  must = 'be given',
): Option {
  const option = new Option(flags, description)
  return option.argParser((text: string) => {
    if (text.startsWith('--')) throw new UsageError(`${option.long} needs a value`)
    const value = read(text)
    if (value === undefined) throw new UsageError(`${option.long} must ${must}`)
    return value
  })
}

/** An option that can be given several times. */
export function manyOption(flags: string, description: string): Option {
  const option = new Option(flags, description)
  return option.argParser((text: string, before?: readonly string[]) => {
    if (text.startsWith('--')) throw new UsageError(`${option.long} needs a value`)
    return [...(before ?? []), text]
  })
}

/** One of these words. */
export const wordOption = (flags: string, description: string, words: readonly string[]): Option =>
  readOption(
    flags,
    `${description}: ${words.join(', ')}`,
    (text) => (words.includes(text) ? text : undefined),
    `be one of ${words.join(', ')}`,
  )

export const jsonOption = (): Option => new Option('--json', 'answer with JSON, for programs')

/** Help was asked for, and is written. */
export const isHelp = (error: unknown): boolean =>
  error instanceof CommanderError && error.exitCode === 0

/** What commander found wrong, in words that quote nothing but names of options and commands. */
export function toUsageError(error: CommanderError, command: Command): UsageError {
  const help = command.helpInformation().trimEnd()
  return new UsageError(`${describe(error, command)}\n\n${help}`, { cause: error })
}

function describe({ code, message }: CommanderError, command: Command): string {
  const option = /'[^']*?(--?[a-z][\w-]*)/i.exec(message)?.[1] ?? ''
  if (code === 'commander.unknownCommand') {
    const typed = /unknown command '(.*)'/s.exec(message)?.[1] ?? ''
    const near = nearest(
      typed,
      command.commands.map((each) => each.name()),
    )
    return `There is no such command.${near}`
  }
  if (code === 'commander.unknownOption') {
    const near = nearest(
      option,
      command.options.flatMap(({ long }) => long ?? []),
    )
    return `has no option ${option}${near && `.${near}`}`
  }
  if (code === 'commander.optionMissingArgument') return `${option} needs a value`
  if (code === 'commander.excessArguments') return 'takes options only'
  if (code === 'commander.missingArgument') return 'lacks an argument'
  return 'cannot be called like that'
}

const NEAR = 2

function nearest(typed: string, names: readonly string[]): string {
  const near = names.find(
    (name) => (typed.length > NEAR && name.startsWith(typed)) || distance(name, typed) <= NEAR,
  )
  return near === undefined ? '' : ` Did you mean ${near}?`
}

/**
 * How a command reads what it was called with.
 * @module
 */
import { parseArgs } from 'node:util'
import type { ParseArgsConfig } from 'node:util'

/** The command was called wrongly. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

type Options = NonNullable<ParseArgsConfig['options']>

/**
 * The values of `options`; undefined where help was asked for, which is then written. Throws a
 * `UsageError` that names the option, and never what was given: that may hold a password.
 */
export function readOptions<T extends Options>(
  args: readonly string[],
  options: T,
  help: string,
): Values<T> | undefined {
  if (args.includes('--help')) {
    process.stdout.write(help)
    return undefined
  }
  try {
    return parseArgs({ args: [...args], options, strict: true }).values
  } catch (error) {
    throw new UsageError(`${describe(error)}\n\n${help.trimEnd()}`, { cause: error })
  }
}

type Values<T extends Options> = ReturnType<typeof parseArgs<{ options: T }>>['values']

function describe(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') return 'takes options only'
  const option = error instanceof Error ? /'(-[\w-]+)/.exec(error.message)?.[1] : undefined
  return code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
    ? `has no option ${option}`
    : `${option} needs a value`
}

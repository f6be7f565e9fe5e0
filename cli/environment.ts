/**
 * The variables that a command is configured with: those of the process, and below them those of a file.
 * @module
 */
import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import type { Option } from 'commander'
import { textOption, UsageError } from './usage.ts'

export type Environment = Readonly<Record<string, string>>

/** A file of variables, as it was read. */
export interface EnvironmentFile {
  readonly path: string
  readonly variables: Environment
}

export interface GivenEnvironment {
  /** What counts: the process wins over the file, as in `node --env-file`. */
  readonly variables: Environment
  readonly file: EnvironmentFile | undefined
}

const USUAL_FILE = '.env'

export const envFileOption = (): Option =>
  textOption('--env-file <path>', `a file of variables (default: ${USUAL_FILE}, where it is there)`)

/** Throws a `UsageError` where a named file cannot be read. */
export function readEnvironment(path?: string): GivenEnvironment {
  const file = readFile(path)
  const isSet = ([, value]: [string, string | undefined]): boolean => Boolean(value)
  // An empty line of the file is no value, and takes none of the process away.
  const variables = [file?.variables ?? {}, process.env].flatMap((each) =>
    Object.entries(each).filter(isSet),
  )
  return { variables: Object.fromEntries(variables) as Environment, file }
}

/** The value of `name`; throws a `UsageError` that says where it could stand, and what `makes` it. */
export function requireVariable(
  { variables, file }: GivenEnvironment,
  name: string,
  makes?: string,
): string {
  const value = variables[name]
  if (value) return value
  const where = file
    ? `It is neither in the environment nor in ${file.path}.`
    : 'It is not in the environment, and there is no --env-file.'
  throw new UsageError(`${name} is missing. ${where}${makes === undefined ? '' : ` ${makes}`}`)
}

/** `a, b,` as its parts. */
export const partsOf = (list = ''): readonly string[] =>
  list
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)

/** The first of a list: the key that signs and asks while another one is being replaced. */
export const firstOf = (list: string): string => partsOf(list)[0] ?? ''

function readFile(path?: string): EnvironmentFile | undefined {
  if (path === undefined && !existsSync(USUAL_FILE)) return undefined
  const name = path ?? USUAL_FILE
  try {
    return { path: name, variables: parseEnv(readFileSync(name, 'utf8')) as Environment }
  } catch (error) {
    throw new UsageError(`--env-file ${name} cannot be read`, { cause: error })
  }
}

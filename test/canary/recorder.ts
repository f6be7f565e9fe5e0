/**
 * What one run of the tests says to the outside, and every secret that it was configured with or made, as
 * lines of JSON in the folder `CANARY_DIR`: one file for each process, written at once, so that a process
 * that is killed has said what it said.
 * @module
 */
import { openSync, writeSync } from 'node:fs'
import { basename, join } from 'node:path'
import process from 'node:process'

/** Where a text was found. `outbound` also says who it went to. */
export type Kind = 'log' | 'output' | 'answer' | 'outbound' | 'database' | 'browser'

/**
 * Who may see a secret: nobody; the provider it belongs to; that one and the shopper, in whose page's
 * address it stands.
 */
export type Audience = 'nobody' | 'owner' | 'shopper'

export interface Secret {
  readonly value: string
  /** The variable it came from, or what it is. */
  readonly name: string
  /** `proxy`, or a provider's id. */
  readonly owner: string
  readonly audience: Audience
}

export interface Text {
  readonly kind: Kind
  readonly text: string
  /** The test or the process that said it. */
  readonly from: string
  /** A provider's id, `merchant` or `unknown`. */
  readonly to?: string
}

export type Line = { readonly secret: Secret } | { readonly heard: Text }

const FOLDER = process.env['CANARY_DIR']
const FROM = basename(process.env['CANARY_FROM'] ?? process.argv[1] ?? 'eval')

const declared = new Set<string>()
let file: number | undefined

/** What this process is called in the report; its children say the same. */
export const nameOfRun = (): string => FROM

export function record(kind: Kind, text: string, to?: string): void {
  if (text) write({ heard: { kind, text, from: FROM, ...(to !== undefined && { to }) } })
}

/** The first name that a value gets is its name. */
export function declare(secret: Secret): void {
  if (secret.value === '' || declared.has(secret.value)) return
  declared.add(secret.value)
  write({ secret })
}

function write(line: Line): void {
  if (FOLDER === undefined) return
  file ??= openSync(join(FOLDER, `${process.pid}.jsonl`), 'a')
  writeSync(file, `${JSON.stringify(line)}\n`)
}

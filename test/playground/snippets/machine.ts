/**
 * What a machine may lack: tests that need it are left out with a reason, but never where the project's own
 * checks run.
 * @module
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

const orReason = (isThere: boolean, reason: string): string | false =>
  isThere || process.env['CI'] === 'true' ? false : reason

/** For `skip`. */
export const withoutCommand = (command: string): string | false =>
  orReason(spawnSync(command, ['--version']).status === 0, `${command} is not installed`)

/** For `skip`, by where it lies in the project. */
export const withoutFolder = (path: string): string | false =>
  orReason(existsSync(join(ROOT, path)), `${path} is not there: npm install`)

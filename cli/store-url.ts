/**
 * What an operator gives as a store, and what is said of it: never a password.
 * @module
 */
import { resolve } from 'node:path'

const FORM = /^(file:.+|postgres(ql)?:\/\/.+)$/

/** Names a store that outlives this process. */
export const isStoreUrl = (url: string): boolean => FORM.test(url) && !url.includes(':memory:')

/** The URL without user, password and parameters; almost nothing of one that cannot be read. */
export function describeUrl(url: string): string {
  if (url.startsWith('file:')) return url
  if (!URL.canParse(url)) return 'postgres://…'
  const { host, pathname, search, hash } = new URL(url)
  // A second @ is part of a password that was not encoded.
  return `${pathname}${search}${hash}`.includes('@')
    ? 'postgres://…'
    : `postgres://${host}${pathname}`
}

/** Two URLs of one file are the same. */
export const isSame = (one: string, other: string): boolean => normalize(one) === normalize(other)

const normalize = (url: string): string =>
  url.startsWith('file:') ? resolve(url.slice('file:'.length)) : url

const CUT = 'the connection was cut; of what is moved, the target has all or nothing'
const NO_ANSWER = /timeout expired|trying to connect|connection timeout/i
const LOST = /not queryable|connection terminated|terminating connection/i

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there',
  ECONNRESET: CUT,
  EPIPE: CUT,
  '57P01': CUT,
  ETIMEDOUT: 'nothing answers there',
  EHOSTUNREACH: 'nothing answers there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'there is no such host, or no name server',
  '28P01': 'the user or the password is wrong',
  '28000': 'the user may not do this',
  '3D000': 'there is no such database',
}

/** Why a store could not be opened or copied. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'ERR_SQLITE_ERROR' && error.message.includes('locked')) {
    return 'another process has it open; stop every proxy first'
  }
  if (NO_ANSWER.test(error.message)) return 'nothing answers there'
  if (LOST.test(error.message)) return CUT
  return REASONS[code] ?? (error.message || code)
}

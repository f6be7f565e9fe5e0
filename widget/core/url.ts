/**
 * Which URLs may be opened or linked to.
 * @module
 */

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|.+\.localhost)$/

/** The URL, or null where it is none. (`URL.canParse` would shut out phones of 2022.) */
export function parseUrl(text: string | null | undefined, base?: string): URL | null {
  try {
    return text ? new URL(text, base) : null
  } catch {
    return null
  }
}

/** The URL when it is `https:`, or `http:` on this very machine; otherwise null. */
export function safeUrl(text: string | null | undefined): URL | null {
  const url = parseUrl(text)
  if (!url || url.username || url.password) return null
  const isAllowed =
    url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname))
  return isAllowed ? url : null
}

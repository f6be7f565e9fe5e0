/**
 * The one way out of the commands, with a deadline and without following anybody; and why an address does not
 * answer, in words that name the cure. Never the address itself, which may hold a token.
 * @module
 */

/** One request, its answer with body included within `deadlineMs`. */
export const send = (
  url: string,
  deadlineMs: number,
  init: Omit<RequestInit, 'redirect' | 'signal'> = {},
): Promise<Response> =>
  fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(deadlineMs) })

/** For adapters, which bring a deadline and a cap of their own. */
export const sendAsAsked: typeof fetch = (input, init) => fetch(input, init)

const NO_TRUST = 'its certificate is not signed by anybody that Node trusts (NODE_EXTRA_CA_CERTS)'

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'there is no such host, or no name server',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no way to that host',
  ETIMEDOUT: 'nothing answered in time',
  UND_ERR_CONNECT_TIMEOUT: 'nothing answered in time',
  UND_ERR_HEADERS_TIMEOUT: 'nothing answered in time',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet: is this clock right?',
  DEPTH_ZERO_SELF_SIGNED_CERT: NO_TRUST,
  SELF_SIGNED_CERT_IN_CHAIN: NO_TRUST,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'it does not send its whole chain of certificates',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: NO_TRUST,
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it speaks http there, not https',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it speaks http there, not https',
  HPE_INVALID_CONSTANT: 'it speaks something else than http there',
}

/** Of a `fetch` that was rejected. */
export function explainFailure(error: unknown): string {
  if (!(error instanceof Error)) return 'it does not answer'
  if (error.name === 'TimeoutError') return 'nothing answered in time'
  const code = codeOf(error)
  return REASONS[code] ?? (code === '' ? 'it does not answer' : `it does not answer (${code})`)
}

/** The innermost code: `fetch` wraps it, and a host with several addresses once more. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const inner = error instanceof AggregateError ? codeOf(error.errors[0]) : codeOf(error.cause)
  return inner || ('code' in error ? String(error.code) : '')
}

/**
 * The sandbox's only way out: one POST to an address of this machine.
 *
 * @module
 */

/** What came back. `status` is null where nothing did; `body` then says why. */
export interface PostAnswer {
  readonly status: number | null
  readonly body: string
}

/** A request as it stands on the wire. */
export interface Post {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Whether the URL is http(s) to localhost, 127.0.0.0/8 or [::1]. */
export function isLoopbackUrl(url: string): boolean {
  const parsed = URL.parse(url)
  if (parsed?.protocol !== 'http:' && parsed?.protocol !== 'https:') return false
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(parsed.hostname)
}

/** What an address that is not called is answered with. */
export const NOT_LOOPBACK = 'Not sent: the sandbox calls loopback addresses only.'

const TIMEOUT_MS = 5000
const MAX_BODY = 64 * 1024

/** Posts once: 5 s in all, no redirect followed, 64 KiB read at most. Never throws. */
export async function postToLoopback(post: Post, stopped: AbortSignal): Promise<PostAnswer> {
  if (!isLoopbackUrl(post.url)) return { status: null, body: NOT_LOOPBACK }
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(TIMEOUT_MS)])
  try {
    const { url, headers, body } = post
    const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
    return { status: answer.status, body: await readCapped(answer) }
  } catch (error) {
    return { status: null, body: reasonOf(error) }
  }
}

async function readCapped(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body ?? []) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= MAX_BODY) break
  }
  return Buffer.concat(chunks).subarray(0, MAX_BODY).toString('utf8')
}

/** `fetch failed` says nothing; its cause has a code such as ECONNREFUSED. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed'
  const { cause } = error
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.name
}

/**
 * The merchant's routes, with the key that opens them. The key lives in this tab and nowhere else.
 * @module
 */

/** An answer that is an error, in the proxy's words. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number

  constructor(status: number, text: string) {
    super(text)
    this.status = status
  }
}

export interface Api {
  get<T>(path: string, query?: Readonly<Record<string, string>>): Promise<T>
  post<T>(path: string, body?: object): Promise<T>
}

const ROOT = '../v1/merchant/'
const DEADLINE_MS = 20_000

export function createApi(key: string): Api {
  const ask = async <T>(path: string, init: RequestInit): Promise<T> => {
    const response = await fetch(ROOT + path, {
      ...init,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(DEADLINE_MS),
    })
    const answer: unknown = await response.json().catch(() => ({}))
    if (response.ok) return answer as T
    const { title, detail, field } = answer as { title?: string; detail?: string; field?: string }
    const text = [title ?? `The proxy answered ${response.status}`, detail, field].filter(Boolean)
    throw new ApiError(response.status, text.join(': '))
  }
  return {
    get: (path, query = {}) => {
      const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''))
      return ask(`${path}${search.size > 0 ? `?${search}` : ''}`, {})
    },
    post: (path, body = {}) => ask(path, { method: 'POST', body: JSON.stringify(body) }),
  }
}

/**
 * `PUBLIC_URL`: whether this proxy answers there, as it is configured now.
 * @module
 */
import type { JWK } from 'jose'
import { partsOf } from '../environment.ts'
import type { Finding } from './finding.ts'
import type { Subject } from './subject.ts'
import type { Visit } from './visits.ts'

const ABOUT = 'PUBLIC_URL'
const START = 'Start the proxy with this configuration, and ask again.'

export async function checkPublicUrl(subject: Subject): Promise<readonly Finding[]> {
  const url = subject.variables[ABOUT]?.replace(/\/+$/, '')
  if (url === undefined || !URL.canParse(url)) return []
  const { visit } = subject.visits
  const health = await visit(`${url}/healthz`)
  if (health.status === null) return [unreachable(health, subject)]
  if (health.status !== 200 || readJson(health)?.['status'] !== 'ok') return [somethingElse(health)]
  const document = readJson(await visit(`${url}/openapi.json`))
  const [server] = (document?.['servers'] ?? []) as readonly { readonly url?: string }[]
  if (server?.url !== url) return [otherAddress()]
  return [
    ...(await findOtherKeys(url, subject)),
    ...(await findOldOrigins(url, subject)),
    ...(await findMissingScript(url, subject)),
  ]
}

/** Receipts are signed by keys that this configuration has not. */
async function findOtherKeys(url: string, subject: Subject): Promise<readonly Finding[]> {
  const own = subject.config?.receiptKeys ?? []
  if (own.length === 0) return []
  const set = readJson(await subject.visits.visit(`${url}/.well-known/jwks.json`))
  const published = ((set?.['keys'] ?? []) as readonly JWK[]).map(({ x }) => x)
  if (own.every(({ x }) => published.includes(x))) return []
  return [outdated('RECEIPT_KEY', 'the proxy that answers there has another one')]
}

async function findOldOrigins(url: string, subject: Subject): Promise<readonly Finding[]> {
  for (const origin of partsOf(subject.variables['ALLOWED_ORIGINS'])) {
    const asked = await subject.visits.visit(`${url}/v1/checkouts/none`, { headers: { origin } })
    if (readJson(asked)?.['code'] === 'forbidden_origin') {
      return [outdated('ALLOWED_ORIGINS', `the proxy that answers there does not allow ${origin}`)]
    }
  }
  return []
}

async function findMissingScript(url: string, { visits }: Subject): Promise<readonly Finding[]> {
  const { status } = await visits.visit(`${url}/crypto-checkout.js`)
  if (status === 200) return []
  return [
    {
      severity: 'warning',
      code: 'no-script',
      about: ABOUT,
      what: 'the proxy there does not serve crypto-checkout.js',
      why: 'Pages that load the widget from it show nothing.',
      fix: 'Build the widget (npm run build), or load the script from elsewhere.',
    },
  ]
}

const unreachable = ({ failure }: Visit, { isLive }: Subject): Finding => ({
  severity: isLive ? 'error' : 'warning',
  code: 'public-url-unreachable',
  about: ABOUT,
  what: failure,
  why: 'Browsers and providers come to this address.',
  fix: `${START} DNS, certificate and what stands in front of it are the next suspects.`,
})

const somethingElse = ({ status, headers }: Visit): Finding => ({
  severity: 'error',
  code: 'public-url-other',
  about: ABOUT,
  what:
    status !== null && status >= 300 && status < 400
      ? `answers with a redirect${isToHttps(headers) ? ' to https' : ''}`
      : `something else answers there (${status})`,
  why: 'Browsers and providers come to this address.',
  fix: 'Let every path below it lead to the proxy, unchanged.',
})

const isToHttps = (headers: Headers): boolean =>
  headers.get('location')?.startsWith('https:') === true

const otherAddress = (): Finding => ({
  severity: 'error',
  code: 'public-url-differs',
  about: ABOUT,
  what: 'the proxy that answers there calls itself by another address',
  why: 'It was started with another PUBLIC_URL: shoppers and providers are sent to that one.',
  fix: START,
})

const outdated = (about: string, what: string): Finding => ({
  severity: 'error',
  code: 'running-differs',
  about,
  what,
  why: 'It runs with another configuration than this one, or it is another proxy.',
  fix: START,
})

function readJson({ text }: Visit): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return undefined
  }
}

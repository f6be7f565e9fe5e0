/**
 * Each configured provider: whether it can be reached, and whether it knows us. What is asked changes nothing
 * over there.
 * @module
 */
import { ProviderError } from '../../proxy/errors.ts'
import type { PaymentRef, Provider } from '../../proxy/provider.ts'
import type { Finding } from './finding.ts'
import { makeProvider } from './make-provider.ts'
import type { ConfiguredProvider, Subject } from './subject.ts'
import type { Visits } from './visits.ts'

export const checkProviders = async ({ providers, visits }: Subject): Promise<readonly Finding[]> =>
  (await Promise.all(providers.map((each) => look(each, visits)))).flat()

async function look(configured: ConfiguredProvider, visits: Visits): Promise<readonly Finding[]> {
  const { prefix, baseUrl } = configured
  const { status, failure } = await visits.visit(`${baseUrl}/`)
  if (status === null) {
    return [
      {
        severity: 'error',
        code: 'provider-unreachable',
        about: `${prefix}BASE_URL`,
        what: failure,
        why: 'Shoppers are offered what cannot be paid, or nothing.',
        fix: 'Correct the address; look at firewall, DNS and egress of this machine.',
      },
    ]
  }
  let calls = 0
  const counting: typeof fetch = (...given) => {
    calls += 1
    return visits.send(...given)
  }
  const provider = makeProvider(configured, { send: counting })
  try {
    await ask(provider, () => calls)
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return [refusal(prefix, error)]
  }
  return calls > 0 ? [] : [untried(prefix)]
}

/** Lists, which want the account's keys; where there is none, a payment that nobody made. */
async function ask(provider: Provider, calls: () => number): Promise<void> {
  await provider.listMethods()
  if (provider.listPayments) {
    await provider.listPayments({ filters: {}, withPersonalData: false })
  }
  if (calls() > 0 || !provider.getPayment) return
  const [method] = await provider.listMethods()
  if (!method) return
  await provider.getPayment(nobodysPayment(method)).catch((error: unknown) => {
    // It was understood, and knows no such payment.
    if (!(error instanceof ProviderError) || error.code !== 'provider_rejected') throw error
  })
}

function nobodysPayment(method: Awaited<ReturnType<Provider['listMethods']>>[number]): PaymentRef {
  const now = Date.now()
  const price = { amount: '1', currency: method.limits[0]?.currency ?? 'TRY' }
  return {
    paymentId: '0'.repeat(32),
    ref: null,
    claim: 'doctor0000000000',
    price,
    method: { ...method, price, limits: null },
    nextAction: null,
    createdAt: now,
    expiresAt: now,
    private: {},
    secret: '',
    isWebhookExposed: false,
  }
}

function refusal(prefix: string, { code, message, providerCode }: ProviderError): Finding {
  const detail = providerCode === undefined ? message : `${message} (${providerCode})`
  if (code === 'provider_unavailable') {
    return {
      severity: 'error',
      code: 'provider-unreachable',
      about: `${prefix}BASE_URL`,
      what: detail,
      why: 'Shoppers are offered what cannot be paid, or nothing.',
      fix: 'Try again in a minute; then ask the provider.',
    }
  }
  if (code === 'provider_bad_response') {
    return {
      severity: 'error',
      code: 'provider-unlike',
      about: `${prefix}BASE_URL`,
      what: detail,
      why: 'What answers there is not the provider’s API.',
      fix: 'Correct the address: the API, not the web site.',
    }
  }
  return {
    severity: 'error',
    code: 'provider-refuses',
    about: `${prefix}*`,
    what: `it refused us: ${detail}`,
    why: 'No payment can be made through it.',
    fix: 'Compare keys and password with the provider’s dashboard; is this machine’s address allowed there?',
  }
}

const untried = (prefix: string): Finding => ({
  severity: 'note',
  code: 'keys-untried',
  about: `${prefix}*`,
  what: 'it can be reached; its keys could not be tried',
  why: 'It has no call that changes nothing and wants them.',
  fix: 'Pay a small order by hand.',
})

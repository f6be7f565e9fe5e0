/**
 * How the attacked proxy is set up: each variant is another set of proofs.
 * @module
 */
import { SANDBOX_CREDENTIALS } from '../../sandbox/index.ts'

const { lipaykripto } = SANDBOX_CREDENTIALS

export interface Variant {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Switches of the sandbox, by the path of their settings. */
  readonly sandbox?: Readonly<Record<string, object>>
  /** Whether a town of other people's checkouts stands around. */
  readonly hasTown: boolean
  /** Order tokens are verified by a set of public keys, and by no secret. */
  readonly hasKeySet?: true
}

/** Limits would hide what is behind them; `limits.test.ts` of the proxy has its own attacks. */
const UNLIMITED = { RATE_LIMIT: '0' }

const PLAIN = {
  ...UNLIMITED,
  REDOYA_TEST_MODE: 'false',
  CATALOGUE: 'demo/catalogue.json',
  ALLOW_UNSIGNED_ORDERS: 'true',
  UNSIGNED_MAX_AMOUNT: '100',
}

export const VARIANTS: Readonly<Record<string, Variant>> = {
  /** Every documented default: LiPayKripto unsigned, PayCrypto signed, real money at Redoya. */
  plain: { environment: PLAIN, hasTown: true },
  /** The same with nobody around, so that its clock can be moved. */
  open: { environment: PLAIN, hasTown: false },
  /** LiPayKripto signs; PayCrypto has no secret; Redoya moves play money. */
  signed: {
    environment: {
      ...UNLIMITED,
      LIPAYKRIPTO_WEBHOOK_SECRET: lipaykripto.webhookSecret,
      PAYCRYPTO_WEBHOOK_SECRET: undefined,
    },
    sandbox: { '/lipaykripto/settings': { webhookSigning: 'raw' } },
    hasTown: false,
  },
  /** LiPayKripto is asked, and whatever it sends is a reason to ask. */
  asked: {
    environment: {
      ...UNLIMITED,
      LIPAYKRIPTO_STATUS_API_KEY: lipaykripto.apiKey,
      LINCOLN_IPN_HASH_FIELD: 'hash',
    },
    hasTown: false,
  },
  /** The merchant's routes on a port of their own; orders by signed token alone. */
  apart: { environment: { ...UNLIMITED, MERCHANT_PORT: '0' }, hasTown: false },
  keyset: {
    environment: { ...UNLIMITED, ORDER_SECRET: undefined },
    hasTown: false,
    hasKeySet: true,
  },
  /** The limits as they are by default, and one for unsigned notifications; nobody signs. */
  limited: {
    environment: {
      RATE_LIMIT: undefined,
      LIPAYKRIPTO_UNSIGNED_MAX: '100',
      PAYCRYPTO_WEBHOOK_SECRET: undefined,
    },
    hasTown: false,
  },
  /** Both: only what is signed is a reason to ask. */
  strict: {
    environment: {
      ...UNLIMITED,
      LIPAYKRIPTO_WEBHOOK_SECRET: lipaykripto.webhookSecret,
      LIPAYKRIPTO_STATUS_API_KEY: lipaykripto.apiKey,
    },
    sandbox: { '/lipaykripto/settings': { webhookSigning: 'php' } },
    hasTown: false,
  },
}

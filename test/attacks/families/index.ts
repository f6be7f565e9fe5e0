/**
 * The corpus.
 * @module
 */
import type { Family } from '../attack.ts'
import * as checkouts from './checkouts.ts'
import * as decisions from './decisions.ts'
import * as keySet from './key-set.ts'
import * as lincoln from './lincoln.ts'
import * as lipaykriptoExposed from './lipaykripto-exposed.ts'
import * as lipaykriptoSigned from './lipaykripto-signed.ts'
import * as lipaykripto from './lipaykripto.ts'
import * as merchant from './merchant.ts'
import * as orderTokens from './order-tokens.ts'
import * as orders from './orders.ts'
import * as outsiderBodies from './outsider-bodies.ts'
import * as outsiderFields from './outsider-fields.ts'
import * as outsiderIds from './outsider-ids.ts'
import * as outsiderNotices from './outsider-notices.ts'
import * as outsiderPaycrypto from './outsider-paycrypto.ts'
import * as outsiderRequests from './outsider-requests.ts'
import * as outsiderTokens from './outsider-tokens.ts'
import * as pages from './pages.ts'
import * as paycryptoHints from './paycrypto-hints.ts'
import * as paycrypto from './paycrypto.ts'
import * as payoutNotices from './payout-notices.ts'
import * as publicFiles from './public-files.ts'
import * as redoya from './redoya.ts'
import * as replayedTokens from './replayed-tokens.ts'
import * as returnAddresses from './return-addresses.ts'
import * as starting from './starting.ts'
import * as words from './words.ts'

const MODULES = [
  checkouts,
  decisions,
  keySet,
  lincoln,
  lipaykriptoExposed,
  lipaykriptoSigned,
  lipaykripto,
  merchant,
  orderTokens,
  orders,
  outsiderBodies,
  outsiderFields,
  outsiderIds,
  outsiderNotices,
  outsiderPaycrypto,
  outsiderRequests,
  outsiderTokens,
  pages,
  paycryptoHints,
  paycrypto,
  payoutNotices,
  publicFiles,
  redoya,
  replayedTokens,
  returnAddresses,
  starting,
  words,
]

export const FAMILIES: readonly Family[] = MODULES.flatMap((module) =>
  Object.values(module as Record<string, unknown>)
    .flat()
    .filter(isFamily),
)

function isFamily(value: unknown): value is Family {
  return typeof value === 'object' && value !== null && 'groups' in value && 'works' in value
}

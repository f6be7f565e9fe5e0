/**
 * Everything that the doctor looks at, in this order. A new check is a file beside this, and a line here.
 * @module
 */
import { checkClock } from './clock.ts'
import { checkConfiguration } from './configuration.ts'
import { checkFiles } from './files.ts'
import type { Check } from './finding.ts'
import { checkIdentifier } from './identifier.ts'
import { checkKeys } from './keys.ts'
import { checkLimits } from './limits.ts'
import { checkNotifications } from './notifications.ts'
import { checkOrders } from './orders.ts'
import { checkOrigins } from './origins.ts'
import { checkPages } from './pages.ts'
import { checkPermissions } from './permissions.ts'
import { checkProviders } from './providers.ts'
import { checkPublicUrl } from './public-url.ts'
import { checkReceiptKeys } from './receipt-keys.ts'
import { checkReceiver } from './receiver.ts'
import { checkRuntime } from './runtime.ts'
import { checkStore } from './store.ts'

export const CHECKS: readonly Check[] = [
  { title: 'Node', look: checkRuntime },
  { title: 'configuration', look: checkConfiguration },
  { title: 'keys', look: checkKeys },
  { title: 'receipt keys', look: checkReceiptKeys },
  { title: 'origins and addresses', look: checkOrigins },
  { title: 'orders', look: checkOrders },
  { title: 'limits', look: checkLimits },
  { title: 'files', look: checkFiles },
  { title: 'permissions', look: checkPermissions },
  { title: 'notifications of providers', look: checkNotifications },
  { title: 'identifiers', look: checkIdentifier },
  { title: 'store', look: checkStore },
  { title: 'providers', isRemote: true, look: checkProviders },
  { title: 'the public address', isRemote: true, look: checkPublicUrl },
  { title: 'your receiver', isRemote: true, look: checkReceiver },
  // What these answered has a time on it.
  { title: 'clock', isRemote: true, look: checkClock },
  { title: 'pages', look: checkPages },
]

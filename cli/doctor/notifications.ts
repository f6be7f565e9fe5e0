/**
 * Providers whose notifications prove nothing, as they are configured; and play money on a live proxy.
 * @module
 */
import { found } from './finding.ts'
import type { Finding } from './finding.ts'
import { makeProvider } from './make-provider.ts'
import type { ConfiguredProvider, Subject } from './subject.ts'

export const checkNotifications = (subject: Subject): readonly Finding[] =>
  subject.providers.flatMap((configured) => judge(configured, subject))

function judge(configured: ConfiguredProvider, subject: Subject): readonly Finding[] {
  const { prefix } = configured
  const { isTest, webhook, getPayment } = makeProvider(configured, subject.visits)
  // What it says is taken as it is where nobody can be asked.
  const isBelieved = webhook?.authenticity === 'unsigned' && !getPayment
  const hasLimit = Boolean(subject.variables[`${prefix}UNSIGNED_MAX`])
  return found(
    [
      isBelieved && !hasLimit,
      {
        severity: 'error',
        code: 'unsigned-notifications',
        about: `${prefix}WEBHOOK_SECRET`,
        what: `is not set, nor ${prefix}STATUS_API_KEY, nor ${prefix}UNSIGNED_MAX`,
        why: 'Whoever learns a payment’s secret address can call it paid, whatever it costs.',
        fix: `Set ${prefix}STATUS_API_KEY or ${prefix}WEBHOOK_SECRET; else ${prefix}UNSIGNED_MAX=500.`,
      },
    ],
    [
      isBelieved && hasLimit,
      {
        severity: 'warning',
        code: 'unsigned-notifications-limited',
        about: `${prefix}UNSIGNED_MAX`,
        what: 'notifications that nobody signed are believed up to this amount',
        why: 'Whoever learns a payment’s secret address can call it paid.',
        fix: `Ask the provider for ${prefix}STATUS_API_KEY or ${prefix}WEBHOOK_SECRET.`,
      },
    ],
    [
      isTest && subject.isLive,
      {
        severity: 'error',
        code: 'play-money',
        about: `${prefix}*`,
        what: 'is a test, and PUBLIC_URL is live',
        why: 'Orders become paid with no money behind them.',
        fix: 'Set the real address and keys, and take its test mode out.',
      },
    ],
  )
}

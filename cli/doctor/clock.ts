/**
 * This machine's clock, against those of the providers and of whatever stands in front of the proxy.
 * @module
 */
import type { Finding } from './finding.ts'
import type { Subject } from './subject.ts'

const WRONG_MS = 5 * 60_000
const OFF_MS = 30_000

export function checkClock({ visits }: Subject): readonly Finding[] {
  return visits.clocks().flatMap(({ host, offset }): Finding[] => {
    const by = Math.abs(offset)
    if (by < OFF_MS) return []
    const seconds = Math.round(by / 1000)
    return [
      {
        severity: by >= WRONG_MS ? 'error' : 'warning',
        code: 'clock',
        about: 'clock',
        what: `${host} is ${seconds} s ${offset > 0 ? 'ahead of' : 'behind'} this machine`,
        why: 'Signed requests, order tokens and notifications are refused when they are five minutes off.',
        fix: 'Switch time synchronization on: timedatectl set-ntp true',
      },
    ]
  })
}

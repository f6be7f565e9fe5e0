/**
 * Who may embed the widget, and where the proxy says that it is.
 * @module
 */
import { partsOf } from '../environment.ts'
import { found } from './finding.ts'
import type { Finding } from './finding.ts'
import { isThisMachine } from './subject.ts'
import type { Subject } from './subject.ts'

const LISTS = ['ALLOWED_ORIGINS', 'RETURN_URL_ORIGINS'] as const

export function checkOrigins(subject: Subject): readonly Finding[] {
  const { variables, isLive, providers } = subject
  const publicUrl = variables['PUBLIC_URL'] ?? ''
  const isHere = isThisMachine(publicUrl)
  const real = providers.filter(({ baseUrl }) => !isThisMachine(baseUrl))
  return [
    ...(isLive ? LISTS.flatMap((name) => findLocal(name, variables[name])) : []),
    ...found(
      [
        isHere && real.length > 0,
        {
          severity: 'error',
          code: 'public-url-local',
          about: 'PUBLIC_URL',
          what: 'is this machine, and providers are real ones',
          why: 'They notify nobody, and shoppers do not come back from their pages.',
          fix: 'Set it to the https address that browsers reach the proxy at.',
        },
      ],
      [
        publicUrl !== '' && new Set(partsOf(variables['ALLOWED_ORIGINS'])).has('null'),
        {
          severity: 'error',
          code: 'origin-null',
          about: 'ALLOWED_ORIGINS',
          what: 'lists null',
          why: 'Any page can have that origin, in a sandboxed frame.',
          fix: 'List the origin of the shop instead.',
        },
      ],
    ),
  ]
}

function findLocal(name: string, list: string | undefined): readonly Finding[] {
  const local = partsOf(list).filter((origin) => isThisMachine(origin))
  return found([
    local.length > 0,
    {
      severity: 'error',
      code: 'origin-local',
      about: name,
      what: `lists ${local.join(', ')}, and PUBLIC_URL is live`,
      why: 'Whatever runs on a shopper’s own machine counts as your shop.',
      fix: 'Take it out; for development, run a proxy of its own.',
    },
  ])
}

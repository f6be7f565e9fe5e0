/**
 * The Node that runs this, which is usually the one that runs the proxy.
 * @module
 */
import { found } from './finding.ts'
import type { Finding } from './finding.ts'
import type { Subject } from './subject.ts'

const NEEDED = '24'

export const checkRuntime = ({ nodeVersion }: Pick<Subject, 'nodeVersion'>): readonly Finding[] =>
  found([
    nodeVersion.localeCompare(NEEDED, 'en', { numeric: true }) < 0,
    {
      severity: 'error',
      code: 'node-too-old',
      about: 'Node',
      what: `is ${nodeVersion}; the proxy needs ${NEEDED}`,
      why: 'Its own SQLite and exact numbers in JSON came with that version.',
      fix: `Install Node ${NEEDED} or newer.`,
    },
  ])

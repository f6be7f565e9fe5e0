/**
 * The Node that runs this, which is usually the one that runs the proxy.
 * @module
 */
import { NEEDED_NODE, isTooOld } from '../node-version.ts'
import { found } from './finding.ts'
import type { Finding } from './finding.ts'
import type { Subject } from './subject.ts'

export const checkRuntime = ({ nodeVersion }: Pick<Subject, 'nodeVersion'>): readonly Finding[] =>
  found([
    isTooOld(nodeVersion),
    {
      severity: 'error',
      code: 'node-too-old',
      about: 'Node',
      what: `is ${nodeVersion}; the proxy needs ${NEEDED_NODE}`,
      why: 'Its own SQLite and exact numbers in JSON came with that version.',
      fix: `Install Node ${NEEDED_NODE} or newer.`,
    },
  ])

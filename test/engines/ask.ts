/**
 * Whether this machine has the engine that is named: ends with 0 where it does, with 3 where it is left out.
 * @module
 */
import process from 'node:process'
import { wantedEngines } from './engines.ts'
import type { EngineName } from './engines.ts'

const LEFT_OUT = 3

const [name] = wantedEngines([process.argv[2] as EngineName])
process.exitCode = name ? 0 : LEFT_OUT

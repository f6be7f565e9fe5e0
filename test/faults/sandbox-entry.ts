/**
 * The sandbox as a process of the fault harness, with a clock that its parent moves. Nothing is sent
 * again by itself: whoever holds a notification back also repeats it.
 * @module
 */
import process from 'node:process'
import { startSandbox } from '../../sandbox/index.ts'
import { followParent } from './follow-parent.ts'

/** The providers' delays of 5 s and more become longer than any run; `setTimeout` holds them still. */
const RETRY_SCALE = 500

const parent = followParent()
const { urls } = await startSandbox({ clock: parent.now, retryScale: RETRY_SCALE })
process.stdout.write(`${JSON.stringify({ ready: 'sandbox', urls })}\n`)
parent.ready({ urls })

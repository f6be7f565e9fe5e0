/**
 * `crypto-checkout webhook listen | test | replay`: notifications to the merchant, tried from both ends.
 * @module
 */
import type { Command } from 'commander'
import { createCommand } from './usage.ts'
import { listenCommand } from './webhook/listen.ts'
import { replayCommand } from './webhook/replay.ts'
import { testCommand } from './webhook/test.ts'

export const webhookCommand = (): Command =>
  createCommand({
    name: 'crypto-checkout webhook',
    summary: 'listen to notifications, send a test, replay failed ones',
    examples: [
      'crypto-checkout webhook listen    # a receiver on this machine that checks and prints',
      'crypto-checkout webhook test      # one of each type to your own receiver',
      'crypto-checkout webhook replay    # what was given up, and again',
    ],
  })
    .usage('<listen | test | replay> [options]')
    .addCommand(listenCommand())
    .addCommand(testCommand())
    .addCommand(replayCommand())

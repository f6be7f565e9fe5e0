/**
 * Runs that once broke something, of the proxy's or of the model's, as short as they were found.
 * @module
 */
import type { Run } from './model.ts'

export const REGRESSIONS: Readonly<Record<string, Run>> = {
  'late money brings an attempt back beside the one that replaced it': {
    hasLipayStatus: false,
    steps: [
      ['open', 0, 0, 0],
      ['pick', 0, 4, 0],
      ['tick', 14, 0, 0],
      ['pick', 0, 1, 1],
      ['pay', 20, 7, 20],
      ['tick', 10, 4, 7],
      ['pay', 3, 3, 22],
      ['tick', 10, 20, 13],
    ],
  },
  'a refund that failed, and a person who has looked': {
    hasLipayStatus: false,
    steps: [
      ['open', 0, 15, 0],
      ['pick', 0, 15, 0],
      ['pay', 0, 0, 0],
      ['tick', 16, 17, 20],
      ['pay', 11, 20, 21],
      ['pay', 7, 7, 22],
      ['deliver', 17, 19, 22],
      ['resolve', 18, 4, 3],
    ],
  },
  'an exchanger takes "done" back before anybody looked': {
    hasLipayStatus: false,
    steps: [
      ['open', 0, 4, 0],
      ['pick', 0, 4, 0],
      ['pay', 0, 0, 0],
      ['pay', 0, 0, 0],
    ],
  },
  'paid late, and given back while nothing could be written': {
    hasLipayStatus: false,
    steps: [
      ['open', 0, 3, 0],
      ['pick', 0, 3, 0],
      ['pay', 0, 5, 0],
      ['deliver', 0, 10, 13],
      ['pay', 22, 6, 12],
      ['store', 2, 6, 3],
      ['sent', 3, 21, 21],
      ['pay', 20, 14, 15],
      ['pay', 21, 0, 8],
      ['tick', 8, 16, 2],
    ],
  },
  'a crash that waits for a moment which only comes at the end': {
    hasLipayStatus: false,
    steps: [
      ['killAt', 19, 0, 0],
      ['open', 0, 0, 0],
      ['open', 0, 0, 0],
    ],
  },
}

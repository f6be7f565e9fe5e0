/**
 * What is drawn is what a reader reads, by a reader that is not of our library.
 * @module
 */
import { expect } from 'chai'
import decode from 'qr/decode.js'
import { qrPath } from '../../widget/qr.ts'
import { BITCOIN_ADDRESS, ETHEREUM_ADDRESS, TRON_ADDRESS } from '../../demo/gallery/fixtures.ts'

const SCALE = 6

/** The picture that a camera would see. */
function photograph(text: string): ImageData {
  const { size, path } = qrPath(text)
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = size * SCALE
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.scale(SCALE, SCALE)
  context.fillStyle = '#000'
  context.clip(new Path2D(path))
  context.fillRect(0, 0, size, size)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}

describe('a code that is read', () => {
  for (const text of [
    TRON_ADDRESS,
    ETHEREUM_ADDRESS,
    BITCOIN_ADDRESS,
    `bitcoin:${BITCOIN_ADDRESS}?amount=0.00213`,
    `ethereum:${ETHEREUM_ADDRESS}@1/transfer?address=${ETHEREUM_ADDRESS}&uint256=148874000`,
    'solana:7xKXtg2CW87d97TXJSDpbD5jBkheTqA83TZRuJosgAsU?amount=1.5',
    `https://page.example/${'aZ09-_'.repeat(60)}`,
    'A',
  ]) {
    it(`says ${text.slice(0, 60)}`, () => {
      expect(decode(photograph(text), { timeLimit: 5000 })).to.equal(text)
    })
  }
})

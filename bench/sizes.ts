/**
 * `npm run bench -- sizes`: what a page downloads for a checkout, ours beside what else a shop could embed,
 * compressed. Beside them stands what a Lit element of one paragraph with a QR code takes.
 * @module
 */
import { readFileSync } from 'node:fs'
import { printFigures } from './figures.ts'
import type { Figure } from './figures.ts'
import { bundle, fetchPeer, weigh } from './peer-bundles.ts'
import type { Bundle } from './peer-bundles.ts'
import { PEERS } from './peers.ts'

const FLOOR = `
import { LitElement, html } from 'lit'
import { create } from 'qrcode/lib/core/qrcode.js'
customElements.define('one-code', class extends LitElement {
  render() { return html\`<p>\${create([{ data: 'text', mode: 'byte' }]).modules.size}</p>\` }
})`
const KIB = 1024
const MAX_KIB = 28

const ours = weigh(readFileSync('dist/crypto-checkout.js'))
const floor = await bundle(FLOOR, process.cwd())
const figures: Figure[] = [
  {
    what: 'crypto-checkout, the whole checkout',
    value: ours.gzip / KIB,
    unit: 'KiB gzip',
    atMost: MAX_KIB,
    beside: { what: 'a Lit element with a QR code', value: floor.entry.gzip / KIB },
    key: 'script',
  },
  {
    what: 'the same, brotli',
    value: ours.brotli / KIB,
    unit: 'KiB brotli',
    beside: { what: 'a Lit element with a QR code', value: floor.entry.brotli / KIB },
  },
]
const failed: string[] = []
for (const peer of PEERS) {
  const { name, version, code } = peer
  try {
    figures.push(figure(`${name} ${version}`, await bundle(code, fetchPeer(peer)), peer.later))
  } catch (error) {
    failed.push(`${name} ${version}: ${String(error).slice(0, 400)}`)
  }
}
printFigures('What a page downloads', figures)
for (const line of failed) process.stderr.write(`not measured: ${line}\n`)
if (failed.length > 0) process.exitCode = 1

function figure(what: string, { entry, later }: Bundle, note?: string): Figure {
  const rest = [later.gzip > KIB && `${Math.round(later.gzip / KIB)} KiB imported later`, note]
  const notes = rest.filter(Boolean).join('; ')
  return {
    what: notes ? `${what} (not in it: ${notes})` : what,
    value: entry.gzip / KIB,
    unit: 'KiB gzip',
    beside: { what: 'ours', value: ours.gzip / KIB },
  }
}

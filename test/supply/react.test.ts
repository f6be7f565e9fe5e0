/**
 * The component on a server: importing it does not crash, and what it writes works before its script does.
 * @module
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const RENDER = join(ROOT, 'test/supply/render-react.ts')
/** Where which React is installed. */
const FOLDERS = { 18: 'examples/react-18', 19: '.' }

describe('the component on a server', () => {
  for (const [major, folder] of Object.entries(FOLDERS)) {
    it(`writes the tag with its attributes under React ${major}`, () => {
      const { stdout, stderr } = spawnSync(process.execPath, [RENDER, join(ROOT, folder)], {
        encoding: 'utf8',
      })
      assert.equal(stderr, '')
      const { version, html } = JSON.parse(stdout) as Record<'version' | 'html', string>
      assert.match(version, new RegExp(`^${major}\\.`))
      const [, tag = '', content] =
        /^<crypto-checkout (.*?)>(.*)<\/crypto-checkout>$/.exec(html) ?? []
      assert.deepEqual(tag.split(' ').toSorted(), [
        'aria-label="Pay"',
        'class="cc-paper"',
        'mode="modal"',
        'open=""',
        'order-token="eyJ"',
        'proxy="https://pay.shop.example"',
        'quantity="2"',
      ])
      assert.equal(content, '<b slot="footer">Thank you</b>')
    })
  }
})

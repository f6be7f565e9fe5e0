/**
 * `npm run check:docs` finds what is planted: a project that is as it should be, with one thing wrong.
 * @module
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { describe, it } from 'node:test'
import { ROOT } from './blocks.ts'

const PAGE = `# Page

See [other](other.md#a-title), [picture](picture.png) and [the shop](http://localhost:3000/), [attw](https://arethetypeswrong.github.io),
[publint](https://publint.dev), [WCAG](https://www.w3.org/TR/WCAG22/).
`

function check(page: string): { readonly code: number | null; readonly said: string } {
  const folder = mkdtempSync(join(tmpdir(), 'cc-check-docs-'))
  mkdirSync(join(folder, 'docs'))
  writeFileSync(join(folder, 'docs/page.md'), page)
  writeFileSync(join(folder, 'docs/other.md'), '# A title\n')
  writeFileSync(join(folder, 'docs/picture.png'), '')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'scripts/check-docs.mjs'), folder],
    {
      encoding: 'utf8',
    },
  )
  rmSync(folder, { recursive: true, force: true })
  return { code: status, said: stdout + stderr }
}

describe('the check of the documents', () => {
  it('says nothing of what is as it should be', () => {
    const { code, said } = check(PAGE)
    assert.equal(code, 0, said)
    assert.match(said, /^2 pages, 6 links, 0 test titles/)
  })

  for (const [what, from, to, says] of [
    ['a page that is not there', 'other.md#a-title', 'gone.md', 'docs/page.md: link to gone.md'],
    ['a section that is not there', '#a-title', '#gone', 'docs/page.md: no section other.md#gone'],
    ['a section of its own', 'other.md#a-title', '#gone', 'docs/page.md: no section #gone'],
    ['a picture that is not there', 'picture.png', 'gone.png', 'docs/page.md: link to gone.png'],
    ['plain http', 'https://publint.dev', 'http://publint.dev', 'link to http://publint.dev'],
    [
      'a host that nobody named',
      'https://publint.dev',
      'https://else.example/x',
      'link to https://else.example/x',
    ],
    ['what is no address', 'https://publint.dev', 'https://', 'link to https://, at nowhere'],
    [
      'a host that nothing leads to',
      'https://publint.dev',
      'other.md',
      'nothing leads to https://publint.dev',
    ],
    [
      'a reference',
      '[publint](https://publint.dev)',
      '[publint][p]\n\n[p]: gone.md\n',
      'link to gone.md',
    ],
  ] as const) {
    it(`finds ${what}`, () => {
      const { code, said } = check(PAGE.replace(from, to))
      assert.equal(code, 1)
      assert.ok(said.includes(says), said)
    })
  }
})

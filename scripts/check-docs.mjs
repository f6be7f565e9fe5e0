/**
 * Checks what the documentation names: relative links, files of `proxy/` and `test/`, and the titles of
 * tests, written as `test/…`: “title”. Exits with 1 and a list of what is not there.
 *
 * A title may stand for one that its test builds of a template: in full, or with … where a value goes.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const PAGES = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/**/*.md']
/** Pages whose claims are files and tests. */
const CLAIMS = /^(SECURITY\.md|docs\/(accessibility|features|security-review|providers)\b.*\.md)$/
/** Calls whose first argument is a title; `flow` and `situation` are tests in a browser, `heard` one that is listened to. */
const TITLES = /\b(?:it|test|describe|flow|heard|situation)(?:\.\w+)*\(\s*(?=['"`])/g
const GAP = '…'
const WORD_GAP = /[^\p{L}\d_.-]+/u

const problems = new Set()
const files = new Map()
let titles = 0

const pages = globSync(PAGES, { cwd: ROOT }).toSorted()
for (const page of pages) {
  const text = readFileSync(resolve(ROOT, page), 'utf8')
  const prose = text.replace(/^```[\s\S]*?^```/gm, '')
  checkLinks(page, prose)
  if (CLAIMS.test(page)) {
    checkPaths(page, prose)
    checkTitles(page, prose)
  }
}

for (const problem of problems) console.error(problem)
if (problems.size > 0) process.exit(1)
console.log(`${pages.length} pages, ${titles} test titles: all there`)

function checkLinks(page, text) {
  for (const [link] of text.matchAll(/(?<=\]\()[^)\s]+|(?<= (?:src|href)=")[^"]+/g)) {
    const target = link.split('#')[0]
    if (!target || /^[a-z]+:/.test(target)) continue
    const path = resolve(ROOT, dirname(page), decodeURIComponent(target))
    if (!existsSync(path)) problems.add(`${page}: link to ${target}`)
  }
}

function checkPaths(page, text) {
  for (const [path] of text.matchAll(/(?<=`)(?:proxy|test)\/[\w./-]+(?=`)/g)) {
    if (!existsSync(resolve(ROOT, path))) problems.add(`${page}: file ${path}`)
  }
}

function checkTitles(page, text) {
  for (const [, path, title] of text.matchAll(/`(test\/[^`]+)`: “([^”]+)”/g)) {
    titles += 1
    const file = existsSync(resolve(ROOT, path)) ? readTests(path) : undefined
    if (file && !file.titles.some((known) => matches(title, known, file.words))) {
      problems.add(`${page}: ${path} has no test “${title}”`)
    }
  }
}

function readTests(path) {
  if (!files.has(path)) {
    const source = readFileSync(resolve(ROOT, path), 'utf8')
    const found = [...source.matchAll(TITLES)].map((at) => literal(source, at.index + at[0].length))
    files.set(path, { words: wordsOf(source), titles: found })
  }
  return files.get(path)
}

/** What stands in its literals: the tables that titles are built of are made of them. */
function wordsOf(source) {
  const literals = source.match(/'[^'\n]*'|"[^"\n]*"|`[^`]*`|\b\d[\w.]*/g) ?? []
  return new Set(literals.flatMap((text) => text.split(WORD_GAP)).concat('true', 'false', ''))
}

/** The text of the literal that begins at `at`, each `${}` of a template as a gap. */
function literal(source, at) {
  const quote = source[at]
  let text = ''
  for (let index = at + 1; source[index] !== quote; index += 1) {
    if (source[index] === '\\') text += source[(index += 1)]
    else if (quote === '`' && source.startsWith('${', index)) {
      index = endOfHole(source, index + 2)
      text += GAP
    } else text += source[index]
  }
  return text.replace(/…+/g, GAP)
}

function endOfHole(source, at) {
  for (let index = at, depth = 1; ; index += 1) {
    if (source[index] === '{') depth += 1
    if (source[index] === '}' && (depth -= 1) === 0) return index
  }
}

/** Equal; or equal but for the gaps, and what stands in them is in the file's own tables. */
function matches(title, known, words) {
  if (title === known) return true
  if (title.includes(GAP)) return toPattern(title).test(known)
  if (!known.includes(GAP)) return false
  const values = toPattern(known).exec(title)?.slice(1)
  return values?.every((value) => value.split(WORD_GAP).every((word) => words.has(word)))
}

function toPattern(text) {
  const parts = text.split(GAP).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('(.*)')}$`)
}

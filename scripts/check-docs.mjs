/**
 * Checks what the documentation names: links with their sections, pictures, files of `proxy/` and `test/`, and
 * the titles of tests, written as `test/…`: “title”. Links to elsewhere lead to few hosts, by https; nobody
 * is asked. Exits with 1 and a list of what is not there.
 *
 * A title may stand for one that its test builds of a template: in full, or with … where a value goes.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url))
const PAGES = [
  '{README,ARCHITECTURE,CHANGELOG,CONTRIBUTING,SECURITY}.md',
  'docs/**/*.md',
  'examples/README.md',
  'examples/*/README.md',
]
/** Where links may lead out to; the demo's shop is on this machine. */
const ELSEWHERE = [
  'http://localhost:3000',
  'https://arethetypeswrong.github.io',
  'https://publint.dev',
  'https://www.w3.org',
]
const LINK = /(?<=\]\()[^)\s]+|(?<= (?:src|href)=")[^"]+|(?<=^\[[^\]]+\]: )\S+/gm
/** Pages whose claims are files and tests. */
const CLAIMS = /^(SECURITY\.md|docs\/(accessibility|features|security-review|providers)\b.*\.md)$/
/** Calls whose first argument is a title; `flow` and `situation` are tests in a browser, `heard` one that is listened to. */
const TITLES = /\b(?:it|test|describe|flow|heard|situation)(?:\.\w+)*\(\s*(?=['"`])/g
const GAP = '…'
const WORD_GAP = /[^\p{L}\d_.-]+/u

const problems = new Set()
const files = new Map()
const anchors = new Map()
const origins = new Set()
let titles = 0
let links = 0

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

for (const origin of ELSEWHERE) {
  if (!origins.has(origin)) problems.add(`nothing leads to ${origin}`)
}

for (const problem of problems) console.error(problem)
if (problems.size > 0) process.exit(1)
console.log(`${pages.length} pages, ${links} links, ${titles} test titles: all there`)

function checkLinks(page, text) {
  for (const [link] of text.replaceAll(/`[^`\n]*`/g, '').matchAll(LINK)) {
    links += 1
    if (/^[a-z]+:/.test(link)) checkElsewhere(page, link)
    else checkOwn(page, link)
  }
}

function checkElsewhere(page, link) {
  const origin = URL.canParse(link) ? new URL(link).origin : 'nowhere'
  origins.add(origin)
  if (!ELSEWHERE.includes(origin)) problems.add(`${page}: link to ${link}, at ${origin}`)
}

function checkOwn(page, link) {
  const [target, anchor] = link.split('#')
  const path = target
    ? resolve(ROOT, dirname(page), decodeURIComponent(target))
    : resolve(ROOT, page)
  if (!existsSync(path)) problems.add(`${page}: link to ${target}`)
  else if (anchor !== undefined && !anchorsOf(path).has(anchor))
    problems.add(`${page}: no section ${link}`)
}

/** What GitHub makes of the headings of a page, and so does the site: `docs/site/markdown.ts`. */
function anchorsOf(path) {
  if (!anchors.has(path)) {
    const found = new Map()
    const text = readFileSync(path, 'utf8').replace(/^ *```[\s\S]*?^ *```/gm, '')
    for (const [, title] of path.endsWith('.md') ? text.matchAll(/^#{1,6} (.+)$/gm) : []) {
      const slug = title
        .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '')
        .replaceAll(' ', '-')
      const count = found.get(slug) ?? 0
      found.set(slug, count + 1)
      if (count > 0) found.set(`${slug}-${count}`, 1)
    }
    anchors.set(path, found)
  }
  return anchors.get(path)
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

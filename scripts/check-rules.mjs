/**
 * The project's own lint rules, `rules/lint/`: the sources against them, each rule against its own
 * examples in `rules/test/`, and the exceptions, of which each says why in the line above, and is needed.
 * @module
 */
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const LINTER = `${ROOT}node_modules/.bin/ast-grep`
const [RULES, EXAMPLES] = ['rules/lint', 'rules/test']
const SOURCES = '{proxy,protocol,merchant,widget,frameworks,console,cli,sandbox,demo}/**/*.ts'

const problems = []
/** Places in the sources that an exception names. */
const patterns = []
let exceptions = 0

const rules = readdirSync(`${ROOT}${RULES}`).map((file) => ({
  file: `${RULES}/${file}`,
  name: file.replace(/\.yml$/, ''),
  text: readFileSync(`${ROOT}${RULES}/${file}`, 'utf8'),
}))
if (rules.length === 0) problems.push(`${RULES}: no rule`)
for (const rule of rules) {
  checkExamples(rule)
  checkPlaces(rule)
  checkReasons(rule)
}
checkNeeded(rules.flatMap(ignoredFiles))
checkComments()
lint(['scan', '--error', '--report-style', 'medium'])
lint(['test', '--skip-snapshot-tests'])

for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exit(1)
console.log(`${rules.length} rules, ${exceptions} exceptions with a reason: all kept`)

function lint(args) {
  const { status, stdout, stderr, error } = spawnSync(LINTER, args, { cwd: ROOT, encoding: 'utf8' })
  if (status !== 0) problems.push(error?.message ?? stdout + stderr)
}

/** At least two examples of each kind, or nobody knows whether the rule can go red. */
function checkExamples({ name }) {
  const file = `${EXAMPLES}/${name}.yml`
  const text = existsSync(ROOT + file) ? readFileSync(ROOT + file, 'utf8') : ''
  for (const kind of ['valid', 'invalid']) {
    const [, list = ''] = new RegExp(`^${kind}:\\n((?:[ ].*\\n|\\n)+)`, 'm').exec(text) ?? []
    const count = list.match(/^ {2}- /gm)?.length ?? 0
    if (count < 2) problems.push(`${file}: ${count} ${kind} examples`)
  }
}

/** A rule for a folder that was renamed would never say anything again. */
function checkPlaces({ file, text }) {
  const places = listUnder(text, 'files')
  if (places.length === 0) problems.push(`${file}: no files`)
  for (const { value } of places) {
    if (globSync(value, { cwd: ROOT }).length === 0) problems.push(`${file}: nothing is ${value}`)
  }
}

/** Exceptions are whole files in `ignores`, and places in the list of a `not`. */
function checkReasons({ file, text }) {
  const lines = text.split('\n')
  for (const [index, line] of lines.entries()) {
    const isList = /^ignores:$/.test(line) || (/^ *any:$/.test(line) && isNot(lines[index - 1]))
    if (!isList) continue
    const depth = indentOf(line)
    for (let at = index + 1; at < lines.length && indentOf(lines[at]) > depth; at += 1) {
      if (indentOf(lines[at]) !== depth + 2 || !/^ *- /.test(lines[at])) continue
      exceptions += 1
      if (!/^ *# \S/.test(lines[at - 1])) problems.push(`${file}:${at + 1}: says no reason`)
      const pattern =
        /^ *- pattern: (.+)$/.exec(lines[at])?.[1] ??
        /\{ pattern: (.+?)(?:, stopBy: end)? \}$/.exec(lines[at])?.[1]
      if (pattern) patterns.push({ place: `${file}:${at + 1}`, pattern })
    }
  }
}

function isNot(line = '') {
  return /^ *(- )?not:$/.test(line)
}

function indentOf(line) {
  return /^ */.exec(line)[0].length
}

/**
 * The rules once more without their ignored files: each of those must be in what is found. And each place
 * that is named must be there.
 */
function checkNeeded(ignored) {
  const whole = rules.map(({ text }) => text.replace(/^ignores:\n(?: .*\n)+/m, ''))
  const places = patterns.map(
    ({ place, pattern }) =>
      `id: ${JSON.stringify(place)}\nlanguage: TypeScript\nrule:\n  pattern: ${pattern}\n`,
  )
  const { stdout, stderr } = spawnSync(
    LINTER,
    ['scan', '--json=compact', '--inline-rules', [...whole, ...places].join('\n---\n')],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  )
  if (stdout === '') problems.push(stderr)
  const hits = JSON.parse(stdout || '[]')
  const found = new Set(hits.flatMap(({ ruleId, file }) => [ruleId, `${ruleId} ${file}`]))
  for (const { name, path } of ignored) {
    if (!found.has(`${name} ${path}`)) problems.push(`${name}: ${path} needs no exception`)
  }
  for (const { place, pattern } of patterns) {
    if (!found.has(place)) problems.push(`${place}: nothing is ${pattern}`)
  }
}

function ignoredFiles({ name, text }) {
  return listUnder(text, 'ignores').map(({ value }) => ({ name, path: value }))
}

function listUnder(text, key) {
  const [, list = ''] = new RegExp(`^${key}:\\n((?: .*\\n)+)`, 'm').exec(text) ?? []
  return [...list.matchAll(/^ *- ['"]?([^'"\n]+)/gm)].map(([, value]) => ({ value }))
}

/** An exception stands in the rule, where it is seen, and not in the file that wants it. */
function checkComments() {
  for (const path of globSync(SOURCES, { cwd: ROOT })) {
    if (readFileSync(ROOT + path, 'utf8').includes('ast-grep-ignore')) {
      problems.push(`${path}: an exception belongs into ${RULES}`)
    }
  }
}

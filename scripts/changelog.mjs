/**
 * CHANGELOG.md as data: what is not released yet, and each release with its day. What kinds of changes there
 * are decides about the next version; docs/releasing.md says what counts as which.
 * @module
 */

/** From the largest step to the smallest. */
export const KINDS = ['Breaking', 'Added', 'Changed', 'Fixed', 'Security']

const TITLE = /^## (.+)$/
const RELEASE = /^(\d+\.\d+\.\d+) – (\d{4}-\d{2}-\d{2})$/
const KIND = /^### (.+)$/
const UNRELEASED = 'Unreleased'

/**
 * Its sections, newest first, each with its kinds and their lines; `version` is null for what is not released.
 * `problems` says what is wrong with its form, and with its order.
 */
export function readChangelog(text) {
  const sections = []
  const problems = []
  for (const line of text.split('\n')) {
    const [, title] = TITLE.exec(line) ?? []
    const [, kind] = KIND.exec(line) ?? []
    const section = sections.at(-1)
    if (title !== undefined) {
      const [, version = null, day = null] = RELEASE.exec(title) ?? []
      if (version === null && title !== UNRELEASED) problems.push(`"${title}" is no version`)
      sections.push({ title, version, day, kinds: new Map(), lines: [] })
    } else if (section) {
      section.lines.push(line)
      if (kind !== undefined) {
        if (!KINDS.includes(kind)) problems.push(`${section.title}: "${kind}" is no kind`)
        if (section.kinds.has(kind)) problems.push(`${section.title}: "${kind}" twice`)
        section.kinds.set(kind, 0)
      } else if (line.startsWith('- ')) {
        const last = [...section.kinds.keys()].at(-1)
        if (last === undefined) problems.push(`${section.title}: of no kind: ${line}`)
        else section.kinds.set(last, section.kinds.get(last) + 1)
      }
    }
  }
  problems.push(...sections.flatMap(problemsOf), ...problemsInOrder(sections))
  return { sections, problems }
}

/** The version after `version`, for changes of these kinds. Below 1.0.0 what breaks is a minor one. */
export function nextVersion(version, kinds) {
  const [major, minor, patch] = version.split('.').map(Number)
  if (kinds.has('Breaking') && major > 0) return `${major + 1}.0.0`
  const isMinor = ['Breaking', 'Added', 'Changed'].some((kind) => kinds.has(kind))
  return isMinor ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`
}

/** What has not been released becomes `version`, of `day`. */
export function release(text, version, day) {
  return text.replace(`## ${UNRELEASED}\n`, `## ${UNRELEASED}\n\n## ${version} – ${day}\n`)
}

export const textOf = ({ lines }) => `${lines.join('\n').trim()}\n`

function problemsOf({ title, version, kinds }) {
  const empty = [...kinds].filter(([, count]) => count === 0).map(([kind]) => kind)
  if (version !== null && kinds.size === 0) return [`${title}: nothing changed`]
  return empty.map((kind) => `${title}: nothing is ${kind}`)
}

function problemsInOrder(sections) {
  const [first, ...rest] = sections
  const problems = first?.title === UNRELEASED ? [] : ['the first section is not "Unreleased"']
  const released = rest.filter(({ version }) => version !== null)
  if (released.length < rest.length) problems.push('"Unreleased" twice')
  for (const [index, { version, day, kinds }] of released.entries()) {
    const before = released[index + 1]
    if (!before) continue
    const wanted = nextVersion(before.version, kinds)
    if (version !== wanted) problems.push(`${version} should be ${wanted}, by what is in it`)
    if (day < before.day) problems.push(`${version} is older than ${before.version}`)
  }
  return problems
}

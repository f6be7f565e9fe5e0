/**
 * The list of decisions.
 * @module
 */
import { globSync, readFileSync } from 'node:fs'
import { ROOT } from '../root.ts'

/** Their files, in their order. */
export const DECISIONS: readonly string[] = globSync('docs/decisions/*.md', {
  cwd: ROOT,
}).toSorted()

/** The page, from the repository's root. */
export function decisionsPage(): string {
  const lines = DECISIONS.map((file) => {
    const [, title] = /^# (.+)$/m.exec(readFileSync(ROOT + file, 'utf8')) ?? []
    return `- [${title}](${file})`
  })
  return `# Decisions

Why it is as it is, what else was considered, and what it costs.

${lines.join('\n')}
`
}

/**
 * Every variable of the proxy, from `.env.example`, where each is explained.
 * @module
 */
import { readFileSync } from 'node:fs'
import { ROOT } from '../root.ts'

interface Variable {
  readonly name: string
  readonly line: string
  readonly isSet: boolean
  readonly about: string
}

interface Section {
  readonly title: string
  readonly intro: string
  readonly variables: readonly Variable[]
}

/** The page, from the repository's root. */
export function configurationPage(): string {
  const sections = readSections(readFileSync(`${ROOT}.env.example`, 'utf8'))
  return `# Configuration

The proxy is configured by its environment; started by [the command line](docs/cli.md), below it by the file of
\`--env-file\`, or \`.env\`. A wrong or missing variable is named at the start, with what it must be;
[\`doctor\`](docs/cli.md#doctor) looks further. A provider is on when its required variables are there. Lines without \`#\` are in everybody's file; the others show the default, or an
example.

${sections.map(toMarkdown).join('\n\n')}
`
}

/** Comments belong to the variable below them; what stands above an empty line is about the section. */
export function readSections(text: string): readonly Section[] {
  return text
    .split(/^# ── /m)
    .slice(1)
    .map((part) => {
      const [first = '', ...lines] = part.split('\n')
      const variables: Variable[] = []
      let comments: string[] = []
      for (const line of lines) {
        const [, mark, name] = /^(# )?([A-Z][A-Z\d_]+)=/.exec(line) ?? []
        if (name === undefined) {
          if (line.startsWith('# ')) comments.push(line.slice(2))
          continue
        }
        const own = line.replace(/^# /, '')
        variables.push({ name, line: own, isSet: mark === undefined, about: comments.join(' ') })
        comments = []
      }
      const [title = '', ...rest] = first.replace(/ ─+$/, '').split(': ')
      const intro = [rest.join(': '), ...comments].filter(Boolean).join('. ')
      return {
        title,
        intro: intro === '' ? '' : `${intro[0]?.toUpperCase()}${intro.slice(1)}.`,
        variables,
      }
    })
}

function toMarkdown({ title, intro, variables }: Section): string {
  const rows = variables.map(({ line, isSet, about, name }) => {
    const code = `\`\`\`ini\n${isSet ? line : `# ${line}`}\n\`\`\``
    return [`### ${name}`, about === '' ? '' : escapeText(about), code].filter(Boolean).join('\n\n')
  })
  return [`## ${title}`, escapeText(intro), ...rows].filter(Boolean).join('\n\n')
}

/** Comments are plain text, but for `code`. */
const escapeText = (text: string): string =>
  text
    .split(/(`[^`]*`|https?:\S+|\b[\w./-]*[\w-]\.md\b)/)
    .map((part, index) =>
      index % 2 === 1 ? linkPage(part) : part.replaceAll(/([<>*_[\]])/g, '\\$1'),
    )
    .join('')

const linkPage = (part: string): string => (part.endsWith('.md') ? `[${part}](${part})` : part)

/**
 * The commands in a block of a shell: each with its words, without comments; and the parts of `npm test`.
 * @module
 */
import { readFileSync } from 'node:fs'
import { ROOT } from './blocks.ts'
import type { Block } from './blocks.ts'

export interface Command {
  readonly words: readonly string[]
  readonly place: string
}

/** The parts of `npm test`. */
export const PARTS: readonly string[] = [
  ...readFileSync(`${ROOT}scripts/test.mjs`, 'utf8').matchAll(
    /(?:nodeTest|flows)\(\s*'(\w+)'|name: '(\w+)'/g,
  ),
].map(([, one, other]) => one ?? other ?? '')

/** Of plain blocks: pipes and lists, quotes and comments, no loops. */
export function commandsOf({ code, place }: Pick<Block, 'code' | 'place'>): readonly Command[] {
  return code
    .replaceAll('\\\n', ' ')
    .split('\n')
    .flatMap((line) => splitCommands(tokensOf(line)))
    .filter((words) => words.length > 0)
    .map((words) => ({ words, place }))
}

/** Words, and the signs between commands. */
function tokensOf(line: string): readonly string[] {
  const tokens: string[] = []
  for (const [token] of line.matchAll(
    /(?:[^\s'"|&;#]|'[^']*'|"(?:[^"\\]|\\.)*"|(?<=\S)#)+|[|&;]+|#.*/g,
  )) {
    if (token.startsWith('#')) break
    tokens.push(/^['"].*['"]$/.test(token) ? token.slice(1, -1) : token)
  }
  return tokens
}

function splitCommands(tokens: readonly string[]): string[][] {
  const commands: string[][] = [[]]
  for (const token of tokens) {
    if (/^[|&;]+$/.test(token)) commands.push([])
    // A variable for one command.
    else if (!(commands.at(-1)?.length === 0 && /^[A-Z_]+=/.test(token)))
      commands.at(-1)?.push(token)
  }
  return commands.map((words) => {
    const end = words.findIndex((word) => /^\d?[<>]/.test(word))
    return end === -1 ? words : words.slice(0, end)
  })
}

/**
 * Built pages, as files or as they are served: no secret of the configuration stands in them.
 * @module
 */
import type { Finding } from './finding.ts'
import { readFolder, readSite } from './page-files.ts'
import type { PageFile } from './page-files.ts'
import { isSecretName, secretsOf } from './secrets.ts'
import { spellingsOf } from './spellings.ts'
import type { Subject } from './subject.ts'

/** A shorter one stands in any text. */
const SHORTEST = 8

export async function checkPages(subject: Subject): Promise<readonly Finding[]> {
  const all = await Promise.all(subject.pages.map((place) => lookAt(place, subject)))
  return all.flat()
}

async function lookAt(place: string, { variables, visits }: Subject): Promise<readonly Finding[]> {
  const files = /^https?:\/\//.test(place) ? await readSite(place, visits) : readFolder(place)
  if (files.length === 0) return [nothingThere(place)]
  const secrets = secretsOf(variables)
    .filter(({ value }) => value.length >= SHORTEST)
    .map(({ variable, value }) => ({ variable, spellings: spellingsOf(value) }))
  const names = Object.keys(variables).filter(isSecretName)
  return files.flatMap((file) => {
    const leaked = secrets.filter(({ spellings }) =>
      spellings.some((spelling) => file.text.includes(spelling)),
    )
    const variablesIn = new Set(leaked.map(({ variable }) => variable))
    const named = names.filter((name) => !variablesIn.has(name) && isNamed(file, name))
    return [
      ...[...variablesIn].map((variable) => leak(file, variable)),
      ...named.map((variable) => mention(file, variable)),
    ]
  })
}

const isNamed = ({ text }: PageFile, name: string): boolean =>
  new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(text)

const leak = ({ name }: PageFile, variable: string): Finding => ({
  severity: 'error',
  code: 'secret-in-page',
  about: variable,
  what: `its value stands in ${name}`,
  why: 'Everybody who opens the page has it.',
  fix: 'Replace that key everywhere at once, then keep it out of the build: only a server may have it.',
})

const mention = ({ name }: PageFile, variable: string): Finding => ({
  severity: 'warning',
  code: 'secret-name-in-page',
  about: variable,
  what: `its name stands in ${name}`,
  why: 'The page was built to use it: the next build may put the value there.',
  fix: 'Move what uses it to your server.',
})

const nothingThere = (place: string): Finding => ({
  severity: 'error',
  code: 'no-pages',
  about: '--pages',
  what: `there is nothing to look at in ${place}`,
  why: 'Nothing was looked for.',
  fix: 'Name the folder of the built pages, or the address of one.',
})

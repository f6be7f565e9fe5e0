/**
 * `crypto-checkout doctor`: looks at everything that a configuration leads to, and says what to do.
 * @module
 */
import type { Command } from 'commander'
import { Option } from 'commander'
import { CHECKS } from './doctor/checks.ts'
import type { Check, Finding, Severity } from './doctor/finding.ts'
import { createSubject } from './doctor/subject.ts'
import type { Subject } from './doctor/subject.ts'
import { envFileOption, readEnvironment } from './environment.ts'
import { createProgress, paint, plain, say, sayJson } from './output.ts'
import { createCommand, jsonOption, manyOption } from './usage.ts'

interface Options {
  readonly pages?: readonly string[]
  readonly offline?: true
  readonly envFile?: string
  readonly json?: true
}

interface Examination {
  readonly title: string
  readonly findings: readonly Finding[]
}

export const doctorCommand = (): Command =>
  createCommand({
    name: 'crypto-checkout doctor',
    summary: 'find what is wrong with a configuration, and say the fix',
    about:
      'Looks at a configuration and at what it leads to: keys, clock, store, files, providers, the public\n' +
      'address, your receiver. Changes nothing anywhere. Exits with 1 where something is an error.',
    examples: [
      'crypto-checkout doctor',
      'crypto-checkout doctor --pages ./shop/dist --pages https://shop.example/checkout',
      'crypto-checkout doctor --offline --json',
    ],
  })
    .addOption(
      manyOption('--pages <place>', 'look for secrets in this folder or page; several times'),
    )
    .addOption(new Option('--offline', 'ask no other machine but the database'))
    .addOption(envFileOption())
    .addOption(jsonOption())
    .action(examine)

async function examine({ pages = [], offline, envFile, json }: Options): Promise<void> {
  const subject = createSubject(readEnvironment(envFile), pages)
  const checks = CHECKS.filter(({ isRemote }) => !offline || !isRemote)
  const progress = createProgress()
  const examinations: Examination[] = []
  for (const check of checks) {
    progress.show(`looking at ${check.title} …`)
    const examination = { title: check.title, findings: await run(check, subject) }
    progress.clear()
    examinations.push(examination)
    if (!json) print(examination)
  }
  const findings = examinations.flatMap((each) => each.findings)
  const [errors, warnings] = [count(findings, 'error'), count(findings, 'warning')]
  if (json) sayJson({ errors, warnings, checks: checks.map(({ title }) => title), findings })
  else
    say(
      `\n${many(errors, 'error')}, ${many(warnings, 'warning')}; ${checks.length} things looked at`,
    )
  if (errors > 0) process.exitCode = 1
}

/** A check that breaks is a finding, and not the end of the others. */
async function run(check: Check, subject: Subject): Promise<readonly Finding[]> {
  try {
    return await check.look(subject)
  } catch (error) {
    return [
      {
        severity: 'error',
        code: 'check-broke',
        about: check.title,
        what: `could not be looked at (${error instanceof Error ? error.name : 'unknown'})`,
        why: 'What is wrong there stays unknown.',
        fix: 'Correct the other findings, and ask again.',
      },
    ]
  }
}

const count = (findings: readonly Finding[], wanted: Severity): number =>
  findings.filter(({ severity }) => severity === wanted).length

const many = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`

const MARKS: Readonly<Record<Severity, string>> = {
  error: paint('red', 'error  '),
  warning: paint('yellow', 'warning'),
  note: 'note   ',
}

function print({ title, findings }: Examination): void {
  if (findings.length === 0) return say(`${paint('green', 'ok     ')}  ${title}`)
  for (const { severity, about, what, why, fix } of findings) {
    say(`${MARKS[severity]}  ${paint('bold', plain(about))}: ${plain(what)}`)
    say(`         ${why}`)
    say(`         Fix: ${plain(fix)}`)
  }
}

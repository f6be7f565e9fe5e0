/**
 * What a workflow may do: as little as its job needs, with actions that cannot change, and by commands that are there.
 * @module
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

export interface Step {
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string>>
}

export interface Job {
  readonly permissions?: Readonly<Record<string, string>>
  readonly 'timeout-minutes'?: number
  readonly 'runs-on'?: string
  readonly needs?: string | readonly string[]
  readonly steps: readonly Step[]
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions?: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<string, Job>>
}

/** What the rules look things up in. */
export interface Project {
  readonly root: string
  readonly scripts: Readonly<Record<string, string>>
}

/** The only jobs that may write, and what. */
const MAY_WRITE: Readonly<Record<string, readonly string[]>> = {
  publish: ['id-token'],
  announce: ['contents'],
}
/** The events that a change from anybody, or a tag, makes. The others run with more than they should have. */
const EVENTS = ['pull_request', 'push']
const PINNED = /^actions\/[a-z-]+@[0-9a-f]{40}$/
/** Programs of the runner. */
const PROGRAMS = ['gh', 'mv', 'test']
const NPM = ['ci', 'audit', 'publish']

export const readWorkflow = (text: string): Workflow => parse(text) as Workflow

export function findWorkflowProblems(text: string, project: Project): readonly string[] {
  const workflow = readWorkflow(text)
  const problems: string[] = []
  const say = (problem: string): void => void problems.push(problem)

  for (const event of Object.keys(workflow.on)) {
    if (!EVENTS.includes(event)) say(`runs on ${event}`)
  }
  if (JSON.stringify(workflow.permissions) !== '{}') say('permissions of all jobs are not {}')
  if (/\bsecrets\s*[.[]|\bsecrets:/.test(text)) say('names a secret')
  for (const [, action, comment = ''] of text.matchAll(/uses: (\S+)(.*)/g)) {
    if (!/^ # v\d+\.\d+\.\d+$/.test(comment)) say(`${action} without its version`)
  }
  for (const [name, job] of Object.entries(workflow.jobs)) {
    for (const problem of findJobProblems(name, job, workflow, project)) say(`${name}: ${problem}`)
  }
  return problems
}

function findJobProblems(
  name: string,
  { steps, permissions, ...job }: Job,
  { on }: Workflow,
  project: Project,
): readonly string[] {
  const problems: string[] = []
  if (permissions === undefined) problems.push('no permissions of its own')
  for (const [scope, right] of Object.entries(permissions ?? {})) {
    if (right === 'read') continue
    const isAllowed = MAY_WRITE[name]?.includes(scope) === true && !('pull_request' in on)
    if (!isAllowed) problems.push(`${scope}: ${right}`)
  }
  if (!(Number(job['timeout-minutes']) <= 90)) problems.push('no time limit')
  if (!/^ubuntu-\d+\.\d+$/.test(job['runs-on'] ?? '')) problems.push('runs on anything')
  const isTrusted = name in MAY_WRITE
  for (const { uses, run, ...step } of steps) {
    if (uses !== undefined && !PINNED.test(uses)) problems.push(`${uses} is not pinned`)
    if (uses?.startsWith('actions/checkout@')) {
      if (isTrusted) problems.push('has our code beside its rights')
      if (step.with?.['persist-credentials'] !== false) problems.push('keeps the credentials')
    }
    if (uses?.startsWith('actions/setup-node@') && step.with?.['package-manager-cache'] !== false) {
      problems.push('takes what another run left')
    }
    if (run !== undefined) problems.push(...findCommandProblems(run, project, isTrusted))
  }
  return problems
}

function findCommandProblems(
  run: string,
  { root, scripts }: Project,
  isTrusted: boolean,
): readonly string[] {
  // What stands there becomes a part of the program, whatever it is.
  if (run.includes('${{')) return [`an expression in a command: ${run}`]
  const { status, stderr } = spawnSync('bash', ['-n'], { input: run, encoding: 'utf8' })
  if (status !== 0) return [stderr]
  return run
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => {
      const [program = '', first = '', second = ''] = line.split(/\s+/)
      const isOurs = program === 'node' || program.includes('/') || first === 'run'
      if (isOurs && isTrusted) return [`runs ${line}`]
      if (isThere([program, first, second])) return []
      return [`no such command: ${line}`]
    })

  function isThere([program, first, second]: readonly [string, string, string]): boolean {
    if (program === 'npm')
      return first === 'run' ? Object.hasOwn(scripts, second) : NPM.includes(first)
    if (program === 'node') return existsSync(join(root, first))
    return program.includes('/') ? isExecutable(join(root, program)) : PROGRAMS.includes(program)
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { applyEdit, editsOf, testFile } from './mutant.ts'
import { MUTANTS, WITHOUT_CODE } from './mutants/index.ts'
import { ROOT } from './workshop.ts'

const THREATS = Array.from({ length: 35 }, (_, index) => `T${index + 1}`)

/** Every file of a mutant as it would be, by name. */
function broken(edits: ReturnType<typeof editsOf>): Map<string, string> {
  const files = new Map<string, string>()
  for (const edit of edits) {
    const text = files.get(edit.file) ?? readFileSync(join(ROOT, edit.file), 'utf8')
    files.set(edit.file, applyEdit(text, edit))
  }
  return files
}

describe('sabotage', () => {
  it('takes out controls of every threat that has code', () => {
    const covered = new Set(MUTANTS.map(({ threat }) => threat))
    assert.deepEqual(
      THREATS.filter((threat) => !covered.has(threat)),
      Object.keys(WITHOUT_CODE),
    )
    assert.ok(MUTANTS.length >= 60)
  })

  it('gives every mutant a name of its own', () => {
    assert.equal(new Set(MUTANTS.map(({ id }) => id)).size, MUTANTS.length)
  })

  it('fits the code: each place is there once, and what is left is still TypeScript', () => {
    const misfits = MUTANTS.flatMap((mutant) => {
      try {
        for (const [file, text] of broken(editsOf(mutant))) {
          if (file.endsWith('.ts')) stripTypeScriptTypes(text)
        }
        return []
      } catch (error) {
        return `${mutant.id}: ${error instanceof Error ? error.message : String(error)}`
      }
    })
    assert.deepEqual(misfits, [])
  })

  it('names tests that are there', () => {
    const names = new Set(MUTANTS.flatMap(({ tests }) => tests))
    assert.deepEqual(
      [...names].filter((name) => !existsSync(join(ROOT, testFile(name)))),
      [],
    )
  })
})

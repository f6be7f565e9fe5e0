import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { COMBOS, playVariant } from './corpus.ts'
import { FAMILIES } from './families/index.ts'
import { describeBad } from './report.ts'
import { VARIANTS } from './variants.ts'

const MIN_ATTACKS = 400

describe('forged and ill-bound requests (G11)', { concurrency: 2 }, () => {
  for (const variant of Object.keys(VARIANTS)) {
    it(`change nothing, are answered alike, and tell nothing: ${variant}`, async () => {
      const result = await playVariant(variant)
      assert.deepEqual(describeBad(result), [])
      assert.ok(result.outcomes.length > 0 && (result.controls > 0 || COMBOS[variant]))
    })
  }

  it('are more than four hundred, of all five providers, each in words of its own', () => {
    const attacks = FAMILIES.flatMap(({ name, target, groups }) =>
      groups.flatMap(({ rule, tries }) =>
        tries.map(([what]) => ({ target, name: `${name} | ${rule} | ${what}` })),
      ),
    )
    const all = [...attacks, ...Object.values(COMBOS).flat()]
    assert.ok(all.length >= MIN_ATTACKS, `${all.length} attacks`)
    for (const target of ['cryptom', 'redoya', 'lipaykripto', 'paycrypto', 'lincoln']) {
      const count = all.filter((each) => each.target === target).length
      assert.ok(count >= 40, `${target}: ${count}`)
    }
    const doubled = all.filter(
      ({ name }, index) => all.findIndex((each) => each.name === name) < index,
    )
    assert.deepEqual(
      doubled.map(({ name }) => name),
      [],
    )
    const strays = FAMILIES.filter(({ variant }) => !Object.hasOwn(VARIANTS, variant))
    assert.deepEqual(strays, [])
  })
})

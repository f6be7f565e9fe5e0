import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspectJson } from '../../proxy/json-text.ts'

describe('a member that is there twice', () => {
  for (const [json, isRepeated] of [
    ['{}', false],
    ['1', false],
    ['"a"', false],
    ['["a","a"]', false],
    ['{"a":"a","b":"a"}', false],
    ['{"a":1,"A":2}', false],
    ['{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}]}', false],
    ['{"a":"a:\\"a\\":","b":"{\\"a\\":1}"}', false],
    ['{"a":"\\\\","b":"\\\\"}', false],
    ['{"a":{},"b":{"a":{}}}', false],
    ['{"a":1,"a":1}', true],
    ['{"a" : 1 , "a" : 1}', true],
    ['{"a"\n\t :1,"a"\r\n:1}', true],
    ['{"":1,"":2}', true],
    ['{"a":1,"\\u0061":1}', true],
    ['{"\\"":1,"b":2,"\\"":3}', true],
    ['{"\\\\":1,"\\\\":3}', true],
    ['{"a":{"b":1},"c":[{"b":1,"b":2}]}', true],
    ['{"a":[{"x":1}],"b":{},"a":[]}', true],
    ['{"a":1,"a":1,"b":2}', true],
    ['{"__proto__":1,"__proto__":2}', true],
  ] as const) {
    it(`${JSON.stringify(json)}: ${isRepeated}`, () => {
      assert.equal(inspectJson(json).hasRepeatedMember, isRepeated)
    })
  }
})

describe('how deep a text goes', () => {
  for (const [json, depth] of [
    ['1', 0],
    ['"{[{["', 0],
    ['"\\"{"', 0],
    ['{}', 1],
    ['[]', 1],
    ['{"a":"[[","[[":"\\\\"}', 1],
    ['[[],[],[]]', 2],
    ['[[[]],[]]', 3],
    ['{"a":{"b":1},"c":{"d":1}}', 2],
    ['{"a":[{"b":[1]}],"c":1}', 4],
    ['[1,{"a":"}"},[]]', 2],
    [`${'['.repeat(500)}${']'.repeat(500)}`, 500],
  ] as const) {
    it(`${json.slice(0, 40)}: ${depth}`, () => assert.equal(inspectJson(json).depth, depth))
  }
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { toCsv } from '../../console/csv.ts'

const cell = (text: string | null): string => toCsv(['a'], [[text]]).split('\r\n')[1] ?? ''

describe('CSV', () => {
  it('has a line of names, and one for each row, ended as RFC 4180 has it', () => {
    const text = toCsv(['order', 'amount'], [['A-1', '12.50'], ['A-2', null]]) // prettier-ignore
    assert.equal(text, 'order,amount\r\nA-1,12.50\r\nA-2,')
    assert.equal(toCsv(['order', 'amount'], []), 'order,amount')
  })

  for (const [name, given, written] of [
    ['a comma', 'a,b', '"a,b"'],
    ['a quotation mark', 'a"b', '"a""b"'],
    ['two of them', '""', '""""""'],
    ['the end of a line', 'a\nb', '"a\nb"'],
    ['a return', 'a\rb', '"a\rb"'],
    ['nothing', null, ''],
    ['a word with such a sign inside', 'a=b+c-d@e', 'a=b+c-d@e'],
    ['a blank before it', ' =1', ' =1'],
  ] as const)
    it(`keeps a cell as it is: ${name}`, () => assert.equal(cell(given), written))

  for (const [name, given, written] of [
    ['equals', '=1+1', "'=1+1"],
    ['plus', '+1', "'+1"],
    ['minus', '-1', "'-1"],
    ['at', '@SUM(A1)', "'@SUM(A1)"],
    ['a tab', '\t=1', "'\t=1"],
    ['a return', '\r=1', `"'\r=1"`],
    [
      'a link, with commas',
      '=HYPERLINK("https://evil.example","x")',
      `"'=HYPERLINK(""https://evil.example"",""x"")"`,
    ],
  ] as const)
    it(`is not calculated by a spreadsheet: ${name}`, () => assert.equal(cell(given), written))

  it('guards the line of names as well', () => assert.equal(toCsv(['=a'], []), "'=a"))
})

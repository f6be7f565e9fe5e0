/**
 * `node test/attacks/run.ts`: plays the corpus and prints the table of goal G11; ends with 1 where an attack
 * did something, was answered wrongly, or a genuine request did not work.
 * @module
 */
import process from 'node:process'
import { playCorpus } from './corpus.ts'
import { describeBad, renderTable } from './report.ts'

const result = await playCorpus()
process.stdout.write(renderTable(result))
const bad = describeBad(result)
for (const what of bad) process.stdout.write(`${what}\n`)
process.exit(bad.length > 0 || result.outcomes.length < 400 ? 1 : 0)

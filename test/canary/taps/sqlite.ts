/**
 * `node:sqlite` as the store has it: a database in memory is written down before it is forgotten. Those in
 * files are looked at when their folders are thrown away.
 * @module
 */
import { DatabaseSync as Real } from 'node:sqlite'
import { dumpTables } from '../dump.ts'
import { record } from '../recorder.ts'

export class DatabaseSync extends Real {
  readonly #isInMemory: boolean

  constructor(...[path, options]: ConstructorParameters<typeof Real>) {
    // Node tells an option that is there and undefined from one that is absent.
    super(...((options ? [path, options] : [path]) as [typeof path]))
    this.#isInMemory = path === ':memory:'
  }

  override close(): void {
    if (this.#isInMemory) for (const text of dumpTables(this)) record('database', text)
    super.close()
  }
}

/**
 * The live region: what is said aloud without the shopper asking, and the toast after a copy.
 * @module
 */
import type { Environment } from './core/environment.ts'
import type { Page } from './page.ts'

/** Then it is silent again: the same words are heard a second time, and nothing stale is read. */
const SAID_MS = 3000

/** What the live region says now. */
export interface Said {
  readonly text: string
  /** Whether the text is also seen, for a moment. */
  readonly isToast: boolean
  /** The button whose copy succeeded last, while the toast says so. */
  readonly copiedName: string | null
}

/** What {@link createAnnouncer} makes. */
export interface Announcer {
  readonly said: Said
  say(text: string): void
  /** Copies `text`, and says `done`, or `failed` where the browser does not allow it. */
  copy(name: string, text: string, done: string, failed: string): Promise<void>
}

type Host = { readonly environment: Environment; readonly page: Page; requestUpdate(): void }

/** The live region of one element. */
export function createAnnouncer(host: Host): Announcer {
  let said: Said = { text: '', isToast: false, copiedName: null }
  let stop = (): void => {}
  const tell = (text: string, isToast = false, copiedName: string | null = null): void => {
    stop()
    said = { text, isToast, copiedName }
    host.requestUpdate()
    if (text) stop = host.environment.setTimer(() => tell(''), SAID_MS)
  }
  return {
    get said() {
      return said
    },
    say: (text) => tell(text),
    async copy(name, text, done, failed) {
      try {
        await host.page.copy(text)
        tell(done, true, name)
      } catch {
        tell(failed, true)
      }
    },
  }
}

/**
 * The providers: whether they answer, what they can do, and what was assumed where their documents say
 * nothing.
 * @module
 */
import { html } from 'lit'
import { definePage, placeUrl } from '../page.ts'
import { button, list } from '../parts.ts'
import type { ProviderRow } from '../types.ts'

export const providers = definePage<{ readonly providers: readonly ProviderRow[] }>({
  title: 'Providers',
  load: (api) => api.get('providers'),
  render: ({ providers: rows }, _place, { confirm }, api) =>
    html`${rows.map(
      ({ id, isDown, testMode, capabilities, webhook, assumptions }) =>
        html`<section class="attempt" aria-label=${id}>
          <p class="lead">
            <b>${id}</b>
            <span class="badge ${isDown ? 'bad' : 'good'}">${isDown ? 'down' : 'answers'}</span>
            ${testMode ? html`<small>test mode</small>` : null}
          </p>
          ${list([
            ['Can', capabilities.join(', ')],
            ['Notifications', webhook ?? 'none: it is asked'],
          ])}
          ${
            capabilities.includes('history')
              ? html`<p>
                  <a href=${placeUrl(['providers', id])}>Payments, as they tell them</a>
                </p>`
              : null
          }
          ${
            assumptions.length > 0
              ? html`<details>
                  <summary>To be checked with them: ${assumptions.length}</summary>
                  <ul>
                    ${assumptions.map((text) => html`<li>${text}</li>`)}
                  </ul>
                </details>`
              : null
          }
          ${
            capabilities.includes('test-webhook')
              ? button('Test its webhook', () =>
                  confirm({
                    title: `Let ${id} send a test?`,
                    text: 'It goes to the address in its own dashboard; the log tells whether it came.',
                    button: 'Send a test',
                    async run() {
                      await api.post(`providers/${encodeURIComponent(id)}/test-webhook`)
                      return `${id} was asked for a test.`
                    },
                  }),
                )
              : null
          }
        </section>`,
    )}`,
})

/**
 * What the scripts of all hosted pages share, as text: it runs in the shopper's browser.
 *
 * @module
 */

/** Placed before a page's own script, in the same script element; contains no `</`. */
export const PAGE_SCRIPT = `
'use strict'
const element = (id) => document.getElementById(id)
const message = element('message')

/** Calls one of the sandbox's own endpoints; throws its message. */
const call = async (path, body) => {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.message)
  return answer
}

const say = (text, isAlert = false) => {
  message.textContent = text
  message.className = isAlert ? 'alert' : ''
  message.hidden = text === ''
}

const setBusy = (isBusy) => {
  for (const button of document.querySelectorAll('main button')) button.disabled = isBusy
  document.querySelector('.panel').setAttribute('aria-busy', String(isBusy))
}

/** Shows one of the panel's parts, and puts the focus on its heading if the shopper moved on. */
const show = (id, hasMoved = true) => {
  for (const part of document.querySelectorAll('.panel > [data-part]')) part.hidden = part.id !== id
  const heading = document.querySelector('#' + id + ' h2')
  if (hasMoved && heading) {
    heading.tabIndex = -1
    heading.focus()
  }
}
`

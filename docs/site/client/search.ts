/**
 * The search, in the reader's browser: the index is fetched when somebody begins to search.
 * @module
 */
import MiniSearch from 'minisearch'
import { SEARCH_OPTIONS } from '../search-options.ts'
import type { Found } from '../search-options.ts'

const MOST = 12

const root = document.querySelector<HTMLScriptElement>('script[data-root]')?.dataset['root'] ?? ''
let index: Promise<MiniSearch<Found>> | undefined

start()

function start(): void {
  const box = document.querySelector('search')
  const field = box?.querySelector('input')
  const list = box?.querySelector('ul')
  const status = box?.querySelector('[role=status]')
  if (!box || !field || !list || !status) return
  box.hidden = false
  field.addEventListener('focus', () => void load())
  field.addEventListener('input', () => void show(field.value.trim(), list, status))
  field.addEventListener('keydown', ({ key }) => {
    const first = list.querySelector('a')
    if (key === 'Enter') first?.click()
    if (key === 'ArrowDown') first?.focus()
  })
  list.addEventListener('keydown', (event) => move(event, field))
  box.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return
    list.hidden = true
    field.focus()
  })
  box.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && box.contains(relatedTarget))) list.hidden = true
  })
  document.addEventListener('keydown', (event) => {
    const isWriting = event.target instanceof HTMLInputElement
    if (event.key !== '/' || event.ctrlKey || event.metaKey || isWriting) return
    event.preventDefault()
    field.focus()
  })
}

function move(event: KeyboardEvent, field: HTMLInputElement): void {
  const item = document.activeElement?.closest('li')
  if (event.key === 'ArrowDown') item?.nextElementSibling?.querySelector('a')?.focus()
  else if (event.key === 'ArrowUp')
    (item?.previousElementSibling?.querySelector('a') ?? field).focus()
  else return
  event.preventDefault()
}

function load(): Promise<MiniSearch<Found>> {
  index ??= fetch(`${root}search.json`)
    .then((answer) => answer.text())
    .then((text) => MiniSearch.loadJSON(text, SEARCH_OPTIONS))
  return index
}

async function show(text: string, list: HTMLElement, status: Element): Promise<void> {
  const found = text === '' ? [] : (await load()).search(text).slice(0, MOST)
  list.replaceChildren(...found.map((each) => toItem(each as unknown as Found)))
  list.hidden = found.length === 0
  status.textContent =
    text === '' ? '' : found.length === 0 ? 'Nothing found' : `${found.length} found`
}

function toItem({ id, page, title }: Found): HTMLElement {
  const link = document.createElement('a')
  link.href = root + id
  link.textContent = title
  if (page !== title) {
    const place = document.createElement('span')
    place.textContent = page
    link.append(' ', place)
  }
  const item = document.createElement('li')
  item.append(link)
  return item
}

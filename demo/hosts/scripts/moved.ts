/**
 * What a page does with its elements.
 * @module
 */
const element = document.querySelector('crypto-checkout') as HTMLElement
const byId = (id: string): HTMLElement => document.getElementById(id) as HTMLElement
const on = (id: string, act: () => void): void => byId(id).addEventListener('click', act)

on('out', () => element.remove())
on('in', () => byId('left').append(element))
on('across', () => {
  const isLeft = element.parentElement?.id === 'left'
  byId(isLeft ? 'right' : 'left').append(element)
})

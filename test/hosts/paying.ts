/**
 * What a shopper does in every situation: picks a coin, and pays.
 * @module
 */
import assert from 'node:assert/strict'
import type { Frame, Locator, Page } from 'playwright-core'
import type { World } from '../e2e/world.ts'

/** The element, in the page or in a frame of it; by default the only one. */
export const elementOn = (page: Page | Frame, selector = 'crypto-checkout'): Locator =>
  page.locator(selector)

/** Waits for the list of coins. */
export async function seesChoice(element: Locator): Promise<void> {
  await element.getByRole('button', { name: /Tether/ }).waitFor()
}

/** Picks USDT on TRON, and waits for the address. */
export async function picksCoin(element: Locator): Promise<void> {
  await element
    .getByRole('button', { name: /Tether/ })
    .first()
    .click()
  await element.getByRole('button', { name: /TRON/ }).first().click()
  await element.getByRole('heading', { name: 'Send USDT on TRON' }).waitFor()
}

/** The payment arrives; the element says so, and the merchant is told. */
export async function isPaid(element: Locator, world: World, orderId: string): Promise<void> {
  await world.play(orderId, 'pay')
  await seesPaid(element)
  await world.merchantSees(orderId, 'paid')
}

export async function seesPaid(element: Locator): Promise<void> {
  await element.getByRole('heading', { name: 'Payment complete' }).waitFor()
}

/** From the list of coins to the end. */
export async function pays(element: Locator, world: World, orderId: string): Promise<void> {
  await picksCoin(element)
  await isPaid(element, world, orderId)
}

/** On the payment page, in a window of its own: cut loose from ours, and closed by itself. */
export async function paysByCard(page: Page, element: Locator): Promise<void> {
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    element.getByRole('button', { name: /^Card/ }).click(),
  ])
  const isClosed = popup.waitForEvent('close')
  const pay = popup.getByRole('button', { name: /Pay by card/ })
  await pay.waitFor()
  assert.equal(await popup.evaluate(() => opener), null)
  await pay.click()
  await seesPaid(element)
  await isClosed
}

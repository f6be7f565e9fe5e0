/**
 * Pages without a script of their own: the cart's number, and the sandbox's panel where there is one.
 * @module
 */
import { showCount } from './lib/cart.ts'
import { startPanel } from './panel/panel.ts'

showCount()
startPanel()

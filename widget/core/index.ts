/**
 * The status engine without the element: bring your own user interface.
 * @module
 */
export { browserEnvironment } from './environment.ts'
export type { Channel, Environment, KeyValue } from './environment.ts'
export { createEngine } from './engine.ts'
export type { Engine, EngineOptions } from './engine.ts'
export { CheckoutError } from './error.ts'
export type { ErrorCode } from './error.ts'
export { createMemory } from './memory.ts'
export type { Memory, Remembered } from './memory.ts'
export type { EngineState, OrderSource } from './state.ts'
export { progressOf } from './transitions.ts'
export type { Change, Progress } from './transitions.ts'
export { safeUrl } from './url.ts'

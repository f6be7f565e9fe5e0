/**
 * The sandbox: strict stand-ins of the payment providers, each on its own port, and one control
 * server that plays scenarios on them. Table of contents; nothing happens here.
 *
 * @module
 */
export { SANDBOX_CREDENTIALS } from './credentials.ts'
export type { SandboxCredentials } from './credentials.ts'
export type { Fault, FaultKind } from './faults.ts'
export type { Notification } from './notifier.ts'
export type { NotifyMode } from './notify-modes.ts'
export type { SandboxPayment } from './provider.ts'
export type { ProviderName } from './providers/index.ts'
export { startSandbox } from './start.ts'
export type { Sandbox, SandboxOptions, ServerName } from './start.ts'

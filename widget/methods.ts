/**
 * The ways to pay, as a shopper picks them: a coin first, its network second.
 * @module
 */
import { NETWORKS, findAsset } from '../protocol/assets.ts'
import type { Method, MethodAsset } from '../protocol/payment.ts'

/** One row of the list: a coin with its methods, or a way to pay that names no coin. */
export interface MethodGroup {
  readonly key: string
  readonly symbol: string | null
  readonly name: string
  readonly methods: readonly [Method, ...Method[]]
}

/** `USDT:TRON,BTC`: a coin on one network, or on all. Ways to pay without a coin are always kept. */
export function filterMethods(methods: readonly Method[], assets: string): readonly Method[] {
  const wanted = assets
    .toUpperCase()
    .split(/[\s,]+/)
    .filter(Boolean)
  if (!wanted.length) return methods
  return methods.filter(
    ({ asset }) =>
      !asset ||
      wanted.includes(asset.symbol.toUpperCase()) ||
      wanted.includes(`${asset.symbol}:${asset.network}`.toUpperCase()),
  )
}

/** Methods of the same coin together, in the order in which the coins first appear. */
export function groupMethods(methods: readonly Method[]): readonly MethodGroup[] {
  const groups = new Map<string, MethodGroup>()
  for (const method of methods) {
    const key = method.asset?.symbol ?? method.id
    const known = groups.get(key)
    groups.set(key, {
      key,
      symbol: method.asset?.symbol ?? null,
      name: method.asset?.name ?? method.label,
      methods: known ? [...known.methods, method] : [method],
    })
  }
  return [...groups.values()]
}

/** Those on the same network side by side, in the order in which the networks first appear. */
export function byNetwork(methods: readonly Method[]): readonly Method[] {
  const networks = methods.map(({ asset }) => asset?.network)
  const rank = ({ asset }: Method): number => networks.indexOf(asset?.network)
  return methods.toSorted((a, b) => rank(a) - rank(b))
}

/** Whether a group is what somebody types: by name, symbol or network. */
export function matches(group: MethodGroup, query: string): boolean {
  const text = [
    group.name,
    group.symbol,
    ...group.methods.map(({ asset }) => asset && `${asset.network} ${networkName(asset)}`),
  ]
  return text.join(' ').toLowerCase().includes(query.trim().toLowerCase())
}

/** `TRON (TRC20)` for a token; `Bitcoin` for a network's own coin. */
export function networkName({ symbol, network }: MethodAsset): string {
  // a network that only a newer proxy knows is called what the proxy calls it
  const row = Object.hasOwn(NETWORKS, network) ? NETWORKS[network] : undefined
  if (!row) return network
  return row.standard && findAsset(symbol, network)?.contract
    ? `${row.name} (${row.standard})`
    : row.name
}

/**
 * Whom the limits count: the address at the other end of the line or, where that is a proxy of the
 * operator's own, the one that it names. What a browser writes into `X-Forwarded-For` counts for nothing.
 * @module
 */
import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** What is known of the line that a request came by; what `@hono/node-server` passes has this form. */
export interface Connection {
  readonly incoming?: {
    /** The path and query as they were sent. */
    readonly url?: string | undefined
    readonly socket?: { readonly remoteAddress?: string | undefined }
  }
}

/**
 * The counted address of a request; undefined where the line is not known, since the proxy was mounted
 * somewhere that does not tell. IPv6 counts by the /64, which is what one customer is given.
 */
export type ReadAddress = (
  connection: Connection | undefined,
  readForwardedFor: () => string | undefined,
) => string | undefined

interface Peer {
  readonly isTrusted: boolean
  readonly counted: string
}

/** More hops than this nobody has. */
const MAX_HOPS = 20
const REMEMBERED_PEERS = 10_000

/** `trusted`: addresses and ranges (`10.0.0.0/8`) of the operator's own proxies. */
export function createAddressReader(trusted: readonly string[]): ReadAddress {
  const ranges = trusted.map(parseRange)
  const peers = new Map<string, Peer>()
  const isTrusted = (address: Address): boolean =>
    ranges.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits))

  /** A browser asks many times, by a line whose address need not be read as often. */
  function readPeer(text: string): Peer {
    const known = peers.get(text)
    if (known) return known
    const address = ipaddr.process(text)
    const peer = { isTrusted: isTrusted(address), counted: counted(address) }
    if (peers.size >= REMEMBERED_PEERS) peers.clear()
    peers.set(text, peer)
    return peer
  }

  /** The last hop that a proxy of ours saw, and that is none itself. */
  function readForwarded(header: string): string | undefined {
    let client: string | undefined
    for (const hop of header.split(',').slice(-MAX_HOPS).toReversed()) {
      const address = parseHop(hop)
      if (!address) break
      client = counted(address)
      if (!isTrusted(address)) break
    }
    return client
  }

  return (connection, readForwardedFor) => {
    const text = connection?.incoming?.socket?.remoteAddress
    if (text === undefined) return undefined
    const peer = readPeer(text)
    return (peer.isTrusted && readForwarded(readForwardedFor() ?? '')) || peer.counted
  }
}

/** Whether `text` is an address or a range of them, as `TRUSTED_PROXIES` names them. */
export const isAddressRange = (text: string): boolean =>
  isAddress(text) || (ipaddr.isValidCIDR(text) && isAddress(text.split('/', 1)[0] ?? ''))

/** Shorthands such as `10.1` and octal numbers are refused: not everybody reads them alike. */
const isAddress = (text: string): boolean =>
  ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text)

function parseRange(text: string): [Address, number] {
  if (text.includes('/')) return ipaddr.parseCIDR(text)
  const address = ipaddr.process(text)
  return [address, address.toByteArray().length * 8]
}

/** One hop as proxies write it: some add the port. */
function parseHop(text: string): Address | undefined {
  const bare = text
    .trim()
    .replace(/^\[(.+)\](:\d+)?$/, '$1')
    .replace(/^([\d.]+):\d+$/, '$1')
  return isAddress(bare) ? ipaddr.process(bare) : undefined
}

const counted = (address: Address): string =>
  address instanceof ipaddr.IPv6
    ? address.parts
        .slice(0, 4)
        .map((part) => part.toString(16))
        .join(':')
    : address.toString()

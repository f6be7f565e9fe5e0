/**
 * Where the money goes: T16 (what is shown to pay to) and T17 (an address that is wrong, or changes).
 * @module
 */
import { group } from '../mutant.ts'

export const ADDRESSES = [
  ...group(
    {
      threat: 'T16',
      file: 'widget/core/answer.ts',
      tests: ['widget/core/engine'],
      only: 'addresses',
    },
    [
      {
        id: 'checked',
        control: 'an address that is none is never shown',
        find: 'isDecimal(amount) &&\n      right.has(nameOf(action))',
        replace: 'isDecimal(amount)',
      },
      {
        id: 'picked',
        control: 'an address of another coin than the one picked is never shown',
        find: 'picked.symbol === asset.symbol &&\n      picked.network === asset.network &&',
        replace: '',
      },
    ],
  ),
  ...group(
    {
      threat: 'T16',
      file: 'proxy/option-schemas.ts',
      tests: ['proxy/proof-lipaykripto', 'proxy/proof-paycrypto'],
    },
    [
      {
        id: 'page-host',
        control: 'a shopper is sent to the provider’s own host only',
        find: 'return hosts.has(host) && username',
        replace: 'return username',
        only: 'another host',
      },
      {
        id: 'page-name',
        control: 'a payment page hides no name and password',
        find: "&& username === '' && password === ''",
        replace: '',
        tests: ['proxy/proof-lipaykripto'],
        only: 'name and a password',
      },
    ],
  ),
  ...group(
    {
      threat: 'T17',
      file: 'widget/core/answer.ts',
      tests: ['widget/core/engine'],
      only: 'addresses',
    },
    [
      {
        id: 'pinned',
        control: 'an address that changes is never shown',
        find: 'const isSame = (pins.get(payment.id) ?? target) === target',
        replace: 'const isSame = pins.get(payment.id) !== undefined || target !== null',
      },
      {
        id: 'distrusted',
        control: 'an address that had changed once is not trusted again',
        find: "pins.set(payment.id, isSame ? target : '')",
        replace: 'pins.set(payment.id, target)',
      },
    ],
  ),
  ...group({ threat: 'T17', file: 'protocol/address.ts', tests: ['protocol/address'] }, [
    {
      id: 'base58check',
      control: 'a TRON or Bitcoin address has its checksum',
      find: 'checksum.every((byte, i) => byte === hash[i])',
      replace: 'checksum.length > 0 && hash.length > 0',
    },
    {
      id: 'version',
      control: 'a TRON address is one of TRON',
      find: 'base58Check(address, [0x41])',
      replace: 'base58Check(address, [0x41, 0, 5])',
    },
    {
      id: 'eip-55',
      control: 'an Ethereum address has its checksum',
      find: 'return character === (nibble > 7 ? character.toUpperCase() : character.toLowerCase())',
      replace: 'return nibble >= 0',
    },
    {
      id: 'bech32',
      control: 'a Bitcoin address of the newer kind has its checksum',
      find: '=== (version === 0 ? 1 : 0x2bc830a3)',
      replace: '> 0',
    },
  ]),
  ...group(
    {
      threat: 'T17',
      file: 'proxy/providers/cryptom-transaction.ts',
      tests: ['proxy/proof-cryptom'],
    },
    [
      {
        id: 'address',
        control: 'Cryptom’s address is an address of that network',
        find: `!isAddress(wanted.asset.network, wallet.address, { sha256, keccak256: keccak_256 }) &&
      'wallet.address',`,
        replace: 'false,',
      },
      {
        id: 'moved',
        control: 'an address that the provider changed is for a person',
        find: "nextAction?.type === 'transfer' && wallet.address !== nextAction.address && 'address',",
        replace: 'false,',
      },
    ],
  ),
  ...group(
    { threat: 'T17', file: 'proxy/providers/lincoln-order.ts', tests: ['proxy/proof-lincoln'] },
    [
      {
        id: 'lincoln-address',
        control: 'Lincoln’s address is an address of that network',
        find: 'candidates.filter((text) => isAddress(network, text, { sha256, keccak256: keccak_256 }))',
        replace: "candidates.filter((text) => text !== '')",
      },
      {
        id: 'lincoln-moved',
        control: 'an address that Lincoln changed is for a person',
        find: 'return found.size > 0 && !found.has(nextAction.address)',
        replace: 'return found.size > 100 && !found.has(nextAction.address)',
      },
      {
        id: 'two-addresses',
        control: 'of two addresses none is shown',
        find: 'if (address === undefined || found.size > 1) return undefined',
        replace: 'if (address === undefined) return undefined',
      },
    ],
  ),
]

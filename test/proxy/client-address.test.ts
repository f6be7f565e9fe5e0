import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createAddressReader, isAddressRange } from '../../proxy/client-address.ts'
import type { Connection } from '../../proxy/client-address.ts'

const from = (remoteAddress: string) => ({ incoming: { socket: { remoteAddress } } })

describe('the address that is counted', () => {
  const readBy = (trusted: readonly string[]) => {
    const reader = createAddressReader(trusted)
    return (line: Connection | undefined, header: string | undefined) => reader(line, () => header)
  }
  const read = readBy([])
  const behind = readBy(['10.0.0.0/8', '192.0.2.7', 'fd00::/8', '::1'])

  it('is the one at the other end of the line, whatever a browser writes', () => {
    for (const forged of ['198.51.100.9', '10.0.0.1, 198.51.100.9', 'unknown', '', undefined]) {
      assert.equal(read(from('203.0.113.5'), forged), '203.0.113.5')
      assert.equal(behind(from('203.0.113.5'), forged), '203.0.113.5')
    }
  })

  it('is unknown where nobody says what line it was', () => {
    assert.equal(read(undefined, '198.51.100.9'), undefined)
    assert.equal(read({}, '198.51.100.9'), undefined)
    assert.equal(behind({ incoming: { socket: {} } }, '198.51.100.9'), undefined)
  })

  it('is the same for IPv4 that comes by an IPv6 socket', () => {
    assert.equal(read(from('::ffff:203.0.113.5'), undefined), '203.0.113.5')
    assert.equal(behind(from('::ffff:10.1.2.3'), '198.51.100.9'), '198.51.100.9')
  })

  it('is one for all of an IPv6 customer’s /64, and another for the next', () => {
    const one = read(from('2001:db8:1:2::1'), undefined)
    assert.equal(read(from('2001:db8:1:2:ffff:ffff:ffff:ffff'), undefined), one)
    assert.equal(read(from('2001:0DB8:0001:0002:0:0:0:9'), undefined), one)
    assert.notEqual(read(from('2001:db8:1:3::1'), undefined), one)
  })

  for (const [name, peer, header, wanted] of [
    ['one proxy', '10.0.0.1', '198.51.100.9', '198.51.100.9'],
    ['what the browser wrote before it', '10.0.0.1', '1.1.1.1, 198.51.100.9', '198.51.100.9'],
    ['two proxies', '10.0.0.1', '1.1.1.1, 198.51.100.9, 192.0.2.7', '198.51.100.9'],
    ['a proxy that is not ours', '10.0.0.1', '198.51.100.9, 192.0.2.8', '192.0.2.8'],
    ['only proxies', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['nothing', '10.0.0.1', undefined, '10.0.0.1'],
    ['nonsense', '10.0.0.1', 'unknown', '10.0.0.1'],
    ['nonsense further on', '10.0.0.1', 'me, 10.0.0.2', '10.0.0.2'],
    ['a number that some read as octal', '10.0.0.1', '0300.0.0.1', '10.0.0.1'],
    ['a shorthand', '10.0.0.1', '198.51', '10.0.0.1'],
    ['a port', '10.0.0.1', '198.51.100.9:50123', '198.51.100.9'],
    ['IPv6 with a port', '::1', '[2001:db8:1:2::9]:50123', '2001:db8:1:2'],
    ['IPv6', 'fd00::5', '2001:db8:1:2::9', '2001:db8:1:2'],
    [
      'a long row of forgeries',
      '10.0.0.1',
      `${'1.1.1.1, '.repeat(900)}198.51.100.9`,
      '198.51.100.9',
    ],
  ] as const) {
    it(`behind proxies of ours: ${name}`, () => {
      assert.equal(behind(from(peer), header), wanted)
    })
  }

  it('believes addresses and ranges that everybody reads alike', () => {
    for (const good of ['10.0.0.0/8', '192.0.2.7', '::1', 'fd00::/8', '2001:db8::7/128']) {
      assert.ok(isAddressRange(good), good)
    }
    for (const bad of [
      '10',
      '10.0/8',
      '10.0.0.0/33',
      '::/129',
      'proxy.example',
      '',
      '*',
      '10.0.0.0/',
    ]) {
      assert.ok(!isAddressRange(bad), bad)
    }
  })
})

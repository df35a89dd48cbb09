import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isLittleEndian } from './byte-order.ts'
import { encodeSocketAddress } from './socket-address.ts'

const port = '1fbd'

function encodeIpv6(address: string): string {
  return encodeSocketAddress({ family: 'ipv6', address, port: 8125 }).toString('hex', 2)
}

describe('encodeSocketAddress()', { skip: !isLittleEndian }, () => {
  test('writes port and address of IPv4 with the high byte first', () => {
    const bytes = encodeSocketAddress({ family: 'ipv4', address: '127.0.0.1', port: 8125 })
    assert.equal(bytes.toString('hex'), `0200${port}7f0000010000000000000000`)
  })

  const addresses: readonly [address: string, hex: string, scope?: string][] = [
    ['::', '00'.repeat(16)],
    ['::1', `${'00'.repeat(15)}01`],
    ['fe80::1%2', `fe80${'00'.repeat(13)}01`, '02000000'],
    ['2001:db8::', `20010db8${'00'.repeat(12)}`],
    ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
    ['::ffff:10.0.0.1', `${'00'.repeat(10)}ffff0a000001`],
  ]
  for (const [address, hex, scope = '00000000'] of addresses) {
    test(`writes ${address}`, () => {
      assert.equal(encodeIpv6(address), `${port}00000000${hex}${scope}`)
    })
  }

  test('ends a path with a zero', () => {
    const bytes = encodeSocketAddress({ family: 'unix', path: '/é' })
    assert.equal(bytes.toString('hex'), '01002fc3a900')
  })
})

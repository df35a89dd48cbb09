import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { MemberHash } from './member-hash.ts'
import { PacketMemories } from './packet-memory.ts'

/** The hash of bytes that lie somewhere in memory, with other bytes behind them. */
function hash(member: string | Uint8Array, from = 3): string {
  const bytes = Buffer.from(member)
  const memory = new Uint8Array(from + bytes.length + 8).fill(77)
  memory.set(bytes, from)
  const taken = new MemberHash()
  taken.take(new PacketMemories().of(memory), from, from + bytes.length)
  return `${taken.high} ${taken.low}`
}

describe('MemberHash', () => {
  test('is the same wherever the member lies', () => {
    assert.equal(hash('user12', 0), hash('user12', 5))
  })

  test('tells members apart that look alike', () => {
    const members = ['', '\0', '\0\0', 'a', 'a\0', 'ab', 'ba', 'user1', 'user2', '1user', 'é', 'è']
    assert.equal(new Set(members.map((member) => hash(member))).size, members.length)
  })

  test('tells many numbers apart in each half', () => {
    const hashes = Array.from({ length: 50_000 }, (_, at) => hash(`user${at}`, 0).split(' '))
    for (const half of [0, 1]) assert.ok(new Set(hashes.map((each) => each[half])).size > 49_990)
  })

  test('takes what is no UTF-8 for U+FFFD, as everywhere else', () => {
    assert.equal(hash(Uint8Array.of(0xc3)), hash('\ufffd'))
    assert.notEqual(hash(Uint8Array.of(0xc3)), hash('?'))
  })
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseNetDev, type InterfaceTraffic } from './parse-net-dev.ts'

const head = [
  'Inter-|   Receive                                                |  Transmit',
  ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed',
]
const lo =
  '    lo:    8393     110    0    0    0     0          0         0     8393     110    0    0    0     0       0          0'
/** As recorded in a container that had served a file. */
const eth0 =
  '  eth0:    2682      38    0    0    0     0          0         0  1051435      41    0    0    0     0       0          0'

type Four = readonly [bytes: number, packets: number, errors: number, drops: number]

function traffic(name: string, received: Four, sent: Four): InterfaceTraffic {
  return {
    name,
    receivedBytes: received[0],
    receivedPackets: received[1],
    receiveErrors: received[2],
    receiveDrops: received[3],
    sentBytes: sent[0],
    sentPackets: sent[1],
    sendErrors: sent[2],
    sendDrops: sent[3],
  }
}

function parse(...lines: string[]): ReturnType<typeof parseNetDev> {
  const bytes = Buffer.from(`${[...head, ...lines].join('\n')}\n`)
  return parseNetDev(bytes, bytes.length)
}

describe('parseNetDev()', () => {
  test('reads bytes, packets, errors and drops both ways, without the loopback', () => {
    assert.deepEqual(parse(lo, eth0), [traffic('eth0', [2682, 38, 0, 0], [1_051_435, 41, 0, 0])])
  })

  test('reads a name that touches the colon and a number that touches it too', () => {
    const line = 'enp0s31f6:123456789012 1 2 3 4 5 6 7 98765432109 9 10 11 12 13 14 15'
    assert.deepEqual(parse(line), [
      traffic('enp0s31f6', [123_456_789_012, 1, 2, 3], [98_765_432_109, 9, 10, 11]),
    ])
  })

  test('gives nothing for a namespace with a loopback only', () => {
    assert.deepEqual(parse(lo), [])
  })

  test('does not read behind the length', () => {
    const bytes = Buffer.from(`${[...head, lo, eth0].join('\n')}\n`)
    const length = bytes.indexOf('  eth0')
    assert.deepEqual(parseNetDev(bytes, length), [])
  })

  test('gives nothing for a line that was torn off', () => {
    assert.deepEqual(parse('  eth0:    2682      38    0'), [])
  })

  test('gives nothing for an empty file', () => {
    assert.deepEqual(parseNetDev(Buffer.alloc(0), 0), [])
  })
})

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { findInterfaces, openNetReader } from './net-reader.ts'

/** A `/proc` in which process 42 has these routes: interface, destination, mask (hexadecimal, last byte first). */
function openProc(routes: readonly (readonly [string, string, string])[]): {
  path: string
  [Symbol.dispose](): void
} {
  const folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-net-'))
  mkdirSync(join(folder.path, '42/net'), { recursive: true })
  const lines = routes.map(
    ([name, destination, mask]) =>
      `${name}\t${destination}\t00000000\t0001\t0\t0\t0\t${mask}\t0\t0\t0   `,
  )
  const head =
    'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT   '
  writeFileSync(join(folder.path, '42/net/route'), `${[head, ...lines].join('\n')}\n`)
  return folder
}

describe('findInterfaces()', () => {
  test('tells which interface leads to which of several networks', () => {
    using proc = openProc([
      ['eth0', '00000000', '00000000'],
      ['eth0', '000011AC', '0000FFFF'],
      ['eth1', '00E012AC', '00F0FFFF'],
    ])
    assert.deepEqual(
      [...findInterfaces(proc.path, 42, ['172.17.0.2', '172.18.239.7'])],
      [
        ['172.17.0.2', 'eth0'],
        ['172.18.239.7', 'eth1'],
      ],
    )
  })

  test('does not take the default route for the way to every network', () => {
    using proc = openProc([['eth0', '00000000', '00000000']])
    assert.equal(findInterfaces(proc.path, 42, ['172.17.0.2']).size, 0)
  })

  test('keeps networks apart whose first byte is above 127', () => {
    using proc = openProc([
      ['eth0', '0000A8C0', '00FFFFFF'],
      ['eth1', '0001A8C0', '00FFFFFF'],
    ])
    assert.deepEqual([...findInterfaces(proc.path, 42, ['192.168.1.5'])], [['192.168.1.5', 'eth1']])
  })

  test('finds nothing for a process that is gone', () => {
    using proc = openProc([['eth0', '000011AC', '0000FFFF']])
    assert.equal(findInterfaces(proc.path, 43, ['172.17.0.2']).size, 0)
  })
})

describe('openNetReader()', () => {
  test('reads the traffic of a process as it grows, and nothing for one that is gone', () => {
    using proc = openProc([])
    const path = join(proc.path, '42/net/dev')
    const budget = { left: 5 }
    const write = (received: number): void =>
      writeFileSync(path, `head\nhead\n  eth0: ${received} 0 0 0 0 0 0 0 7 0 0 0 0 0 0 0\n`)
    const reader = openNetReader(proc.path, 42, budget)
    for (const receivedBytes of [5, 12_345]) {
      write(receivedBytes)
      const seen = reader
        .read()
        ?.map((traffic) => [traffic.name, traffic.receivedBytes, traffic.sentBytes])
      assert.deepEqual(seen, [['eth0', receivedBytes, 7]])
    }
    reader.close()
    assert.equal(budget.left, 5)
    assert.equal(openNetReader(proc.path, 43, budget).read(), undefined)
  })
})

import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { describe, test } from 'node:test'
import { within } from '../../../../test/agent/environment.ts'
import { openLogTools, type OpenLogTools } from '../../../../test/agent/log-tools.ts'
import type { LogConfig } from '../../../component/log-config.ts'
import { UdpPort } from './udp-port.ts'

function open(
  { tools, settling }: OpenLogTools,
  onDropped: () => void,
  host = '127.0.0.1',
): UdpPort {
  const config: LogConfig = {
    kind: 'udp',
    place: 'conf.d/x.yaml:1',
    port: 0,
    bindHost: host,
    tags: [],
    rules: [],
  }
  return new UdpPort({ tools, settling, config, onDropped })
}

async function send(port: UdpPort, ...texts: readonly string[]): Promise<void> {
  const at = await port.address()
  const socket = createSocket(at?.address.includes(':') === true ? 'udp6' : 'udp4')
  for (const text of texts)
    await new Promise<void>((resolve) => {
      socket.send(text, at?.port ?? 0, at?.address, () => resolve())
    })
  socket.close()
}

const never = (): void => assert.fail('nothing is dropped')

describe('UdpPort', { timeout: 60_000 }, () => {
  for (const [host, sender] of [
    ['127.0.0.1', '127.0.0.1'],
    ['::1', '::1'],
    ['::', '127.0.0.1'],
  ] as const) {
    test(`takes the lines of datagrams to ${host}, the last with its end or without`, async () => {
      await using opened = await openLogTools()
      const port = open(opened, never, host)
      if (host === '::') {
        const at = await port.address()
        const socket = createSocket('udp4')
        socket.send('one\ntwo', at?.port ?? 0, '127.0.0.1', () => socket.close())
      } else await send(port, 'one\ntwo')
      assert.deepEqual(await within(2000, opened.shipped.first(2)), ['one', 'two'])
      assert.ok(opened.shipped.lines[0]?.origin.tags.includes(`source_host:${sender}`))
      await send(port, 'three\n')
      assert.deepEqual((await within(2000, opened.shipped.first(3))).at(-1), 'three')
      port.stop()
    })
  }

  test('counts what finds no room', async () => {
    await using opened = await openLogTools({ inFlightBytes: 1 })
    opened.shipped.isHeld = true
    const { promise, resolve } = Promise.withResolvers<void>()
    const port = open(opened, resolve)
    await send(port, 'sent\n')
    await within(2000, opened.shipped.first(1))
    await send(port, 'lost\n')
    await within(2000, promise)
    const [ledger] = opened.tools.gatherer.ledgers(0)
    assert.deepEqual([ledger?.readBytes, ledger?.lostBytes, ledger?.way], [5, 5, 'udp'])
    assert.deepEqual(opened.shipped.texts, ['sent'])
    port.stop()
  })

  test('says that the machine has no such address', async () => {
    await using opened = await openLogTools()
    const port = open(opened, never, '192.0.2.1')
    assert.equal(await port.address(), undefined)
    assert.match(opened.tools.faults.list().join(), /this machine has no address 192\.0\.2\.1/)
  })
})

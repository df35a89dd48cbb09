import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { describe, test } from 'node:test'
import { openLogTools, type OpenLogTools } from '../../../../test/agent/log-tools.ts'
import { within } from '../../../../test/agent/environment.ts'
import type { LogConfig } from '../../../component/log-config.ts'
import { ConnectionCount, TcpPort } from './tcp-port.ts'

interface Listening extends Disposable {
  readonly port: TcpPort
  readonly send: (text: string) => Promise<Socket>
}

async function listen(
  { tools, settling }: OpenLogTools,
  change: Partial<LogConfig> = {},
  limit = 8,
): Promise<Listening> {
  const config: LogConfig = {
    kind: 'tcp',
    place: 'conf.d/x.yaml:1',
    port: 0,
    bindHost: '127.0.0.1',
    tags: ['a:b'],
    rules: [],
    source: 'app',
    ...change,
  }
  const port = new TcpPort({ tools, settling, config, connections: new ConnectionCount(limit) })
  const at = await port.address()
  return {
    port,
    async send(text) {
      const socket = connect(at?.port ?? 0, at?.address)
      await once(socket, 'connect')
      socket.write(text)
      return socket
    },
    [Symbol.dispose]: () => port.stop(),
  }
}

describe('TcpPort', { timeout: 60_000, concurrency: true }, () => {
  test('takes lines, with what its configuration says and who sent them', async () => {
    await using opened = await openLogTools()
    using listening = await listen(opened)
    const socket = await listening.send('one\ntwo\r\n')
    assert.deepEqual(await within(2000, opened.shipped.first(2)), ['one', 'two'])
    const { source, tags, containerId } = opened.shipped.lines[0]?.origin ?? {}
    assert.deepEqual([source, containerId], ['app', ''])
    assert.deepEqual(tags, ['a:b', 'source_host:127.0.0.1', 'env:test'])
    socket.destroy()
  })

  test('never mixes what two senders have begun', async () => {
    await using opened = await openLogTools()
    using listening = await listen(opened)
    const one = await listening.send('begun by one, ')
    const two = await listening.send('begun by two, ')
    one.end('ended by one\n')
    two.end('ended by two\n')
    const texts = await within(2000, opened.shipped.first(2))
    assert.deepEqual(texts.toSorted(), ['begun by one, ended by one', 'begun by two, ended by two'])
  })

  test('keeps a last line without an end', async () => {
    await using opened = await openLogTools()
    using listening = await listen(opened)
    const socket = await listening.send('whole\nrest')
    socket.end()
    assert.deepEqual(await within(2000, opened.shipped.first(2)), ['whole', 'rest'])
  })

  test('cuts what is longer than a frame', async () => {
    await using opened = await openLogTools({ frameBytes: 512 })
    using listening = await listen(opened)
    const socket = await listening.send(`${'x'.repeat(1200)}\n`)
    const texts = await within(2000, opened.shipped.first(3))
    assert.equal(texts.join('').replaceAll(/[^x]/g, ''), 'x'.repeat(1200))
    socket.destroy()
  })

  test('closes a connection that is silent for too long', async () => {
    await using opened = await openLogTools()
    using listening = await listen(opened, { idleTimeoutMs: 20 })
    const socket = await listening.send('one\n')
    await within(2000, once(socket.resume(), 'close'))
    assert.deepEqual(await within(2000, opened.shipped.first(1)), ['one'])
  })

  test('closes connections beyond the limit, says so, and takes others once there is room', async () => {
    await using opened = await openLogTools()
    using listening = await listen(opened, {}, 1)
    const one = await listening.send('one\n')
    await opened.shipped.first(1)
    const two = await listening.send('two\n')
    await within(
      2000,
      once(
        two.resume().on('error', () => {}),
        'close',
      ),
    )
    assert.match(
      opened.tools.faults.list().join(),
      /there are 1 connections, and further ones are closed/,
    )
    one.end()
    await within(2000, once(one.resume(), 'close'))
    const three = await listening.send('three\n')
    assert.deepEqual(await within(2000, opened.shipped.first(2)), ['one', 'three'])
    assert.deepEqual(opened.tools.faults.list(), [])
    three.destroy()
  })

  test('says that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' ? address?.port : undefined
    await using opened = await openLogTools()
    using listening = await listen(opened, { port: port ?? 0 })
    assert.equal(await listening.port.address(), undefined)
    assert.deepEqual(opened.tools.faults.list(), [
      `conf.d/x.yaml:1: TCP port ${port}: another program listens there already; give it another port`,
    ])
    other.close()
  })

  test('hands on what was received when it stops', async () => {
    await using opened = await openLogTools()
    const listening = await listen(opened)
    const socket = await listening.send('one\nrest')
    await opened.shipped.first(1)
    listening.port.stop()
    assert.deepEqual(await within(2000, opened.shipped.first(2)), ['one', 'rest'])
    socket.destroy()
  })
})

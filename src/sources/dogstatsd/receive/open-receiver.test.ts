import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { describe, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { dogstatsdDefaults } from '../../../../test/agent/dogstatsd-settings.ts'
import { containerId, ReceiverStage as Stage } from '../../../../test/agent/receiver-stage.ts'
import { openUnixSender } from '../../../libc/send-with-credentials.ts'
import { openSockets } from '../../../libc/sockets.ts'
import { replayGroup } from './replay-group.ts'

const absent = (): { kind: 'absent'; reason: string } => ({ kind: 'absent', reason: 'of a test' })

function frame(text: string): Buffer {
  const header = Buffer.alloc(4)
  header.writeUInt32LE(text.length)
  return Buffer.concat([header, Buffer.from(text)])
}

function number(count: number): readonly string[] {
  return Array.from({ length: count }, (_none, at) => `packet ${at}`)
}

describe('openReceiver()', () => {
  test('starts no worker before something comes', async () => {
    await using stage = new Stage()
    const receiver = await stage.open()
    const { way, isAwake, sockets } = receiver.describe()
    assert.deepEqual([way, isAwake], ['recvmmsg', false])
    assert.deepEqual(
      sockets.map(({ transport, isOpen }) => [transport, isOpen]),
      [
        ['udp', true],
        ['uds', true],
        ['uds-stream', true],
      ],
    )
    receiver.tell({ kind: 'stats', question: 3 })
    assert.deepEqual(stage.messages, [{ kind: 'stats', question: 3, stats: [] }])
  })

  test('receives all packets in their order, from the first on', async () => {
    await using stage = new Stage()
    const receiver = await stage.open()
    const texts = number(500)
    await stage.sendDatagrams(texts)
    await stage.untilText('packet 499')
    assert.deepEqual(stage.texts, texts)
    assert.equal(stage.messages[0]?.kind, 'ready')
    assert.equal(receiver.describe().isAwake, true)
    assert.equal(stage.counters.get('uds.packets'), 500)
  })

  test('knows the container of who sends, on both Unix sockets', async () => {
    await using stage = new Stage()
    await stage.open({}, { origin: { ...dogstatsdDefaults.origin, isDetected: true } })
    await stage.sendDatagrams(['early'])
    await stage.untilText('early')
    await stage.sendDatagrams(['late'])
    const stream = await stage.connectStream()
    stream.write(frame('framed'))
    await stage.sendUdp('udp')
    await stage.until(() => stage.told.length === 4)
    assert.deepEqual(Object.fromEntries(stage.told), {
      early: `uds ${containerId}`,
      late: `uds ${containerId}`,
      framed: `uds-stream ${containerId}`,
      udp: 'udp nowhere',
    })
  })

  test('takes the container of a replayed packet from what was told of its process', async () => {
    await using stage = new Stage()
    const receiver = await stage.open(
      {},
      { origin: { ...dogstatsdDefaults.origin, isDetected: true } },
    )
    const original = '2'.repeat(64)
    receiver.tell({ kind: 'replayed-processes', containerIds: new Map([[4711, original]]) })
    const opening = openUnixSender(stage.path('datagrams'))
    assert.ok(opening.kind === 'open')
    using sender = { ...opening.sender, [Symbol.dispose]: opening.sender.close }
    const replay = (text: string): boolean =>
      sender.send(Buffer.from(text), { uid: 4711, gid: replayGroup })
    if (process.getuid?.() !== 0) {
      assert.throws(() => replay('a'), /EPERM/)
      return
    }
    replay('early')
    await stage.untilText('early')
    replay('late')
    await stage.untilText('late')
    assert.deepEqual(
      stage.told.map(([, origin]) => origin),
      [`uds ${original}`, `uds ${original}`],
    )
  })

  test('takes frames of many connections, whatever pieces they come in', async () => {
    await using stage = new Stage()
    await stage.open()
    const streams = await Promise.all(Array.from({ length: 50 }, () => stage.connectStream()))
    for (const [at, stream] of streams.entries()) {
      const bytes = Buffer.concat([frame(`first ${at}`), frame(`second ${at}`)])
      stream.setNoDelay(true)
      stream.write(bytes.subarray(0, 6))
      await nextTurn()
      stream.write(bytes.subarray(6))
    }
    await stage.until(() => stage.told.length === 100)
    const wanted = streams.flatMap((_stream, at) => [`first ${at}`, `second ${at}`])
    assert.deepEqual(stage.texts.toSorted(), wanted.toSorted())
    assert.equal(stage.counters.get('uds_stream.connections'), 50)
    for (const stream of streams) stream.destroy()
    await stage.untilCounted('uds_stream.connections', 0)
    assert.equal(stage.counters.get('bad.frame'), 0)
  })

  test('cuts off a client whose frame is too long, and no other', async () => {
    await using stage = new Stage()
    await stage.open({ packetBytes: 100, shouldLogTooBig: true })
    const [bad, good] = [await stage.connectStream(), await stage.connectStream()]
    const closed = once(bad, 'close')
    bad.write(Buffer.concat([frame('before'), frame('x'.repeat(101))]))
    bad.resume()
    await closed
    good.write(frame('good'))
    await stage.untilText('good')
    assert.deepEqual(stage.texts.toSorted(), [
      'Cannot read a frame of 101 bytes, at most 100 are allowed: the connection is closed',
      'before',
      'good',
    ])
    assert.equal(stage.counters.get('bad.frame'), 1)
  })

  test('closes connections beyond the limit at once', async () => {
    await using stage = new Stage()
    await stage.open({ maxConnections: 1 })
    const first = await stage.connectStream()
    first.write(frame('a'))
    await stage.untilText('a')
    const second = await stage.connectStream()
    second.resume()
    await once(second, 'close')
    assert.equal(stage.counters.get('dropped.connections_full'), 1)
    first.destroy()
    await stage.untilCounted('uds_stream.connections', 0)
    const third = await stage.connectStream()
    third.write(frame('b'))
    await stage.untilText('b')
  })

  test('reads the whole lines of a packet that is too long', async () => {
    await using stage = new Stage()
    await stage.open({ packetBytes: 16 })
    await stage.sendDatagrams(['a:1|c\nbb:2|c|#tag:value'])
    await stage.untilText('a:1|c\n')
    await stage.sendDatagrams(['c:1|c\ndd:2|c|#tag:value'])
    await stage.untilText('c:1|c\n')
    assert.equal(stage.counters.get('packets.truncated'), 2)
  })

  test('loses nothing that has come when it stops', async () => {
    await using stage = new Stage()
    const receiver = await stage.open()
    await stage.sendDatagrams(['first'])
    await stage.untilText('first')
    const socket = stage.openUdp()
    const sending = number(1000).map(
      (text) => new Promise((resolve) => socket.send(text, stage.udpPort, '127.0.0.1', resolve)),
    )
    await Promise.all(sending)
    await receiver.stop()
    assert.equal(stage.counters.get('udp.packets'), 1000)
    assert.deepEqual(stage.texts.slice(1), [...number(1000), 'without'])
    assert.equal(stage.messages.at(-1)?.kind, 'stopped')
    for (const name of ['datagrams', 'stream']) assert.equal(existsSync(stage.path(name)), false)
  })

  test('hands over what has come even when it stops while the worker starts', async () => {
    await using stage = new Stage()
    const receiver = await stage.open({}, { shouldFlushIncomplete: true })
    const sent = stage.sendDatagrams(['a'])
    while (!receiver.describe().isAwake) await nextTurn()
    await sent
    await receiver.stop()
    assert.deepEqual(stage.texts, ['a', 'with the open interval'])
  })

  test('stops at once in the middle of a flood', async () => {
    await using stage = new Stage()
    const receiver = await stage.open()
    const program = `
      const { workerData } = require('node:worker_threads')
      const { createSocket } = require('node:dgram')
      const socket = createSocket('udp4')
      const send = () => { for (let i = 0; i < 50; i += 1) socket.send('flood', workerData, '127.0.0.1'); setImmediate(send) }
      send()`
    const flood = new Worker(program, { eval: true, workerData: stage.udpPort })
    await stage.until(() => stage.texts.length > 1000)
    const from = performance.now()
    await receiver.stop()
    const tookMs = performance.now() - from
    await flood.terminate()
    assert.equal(stage.messages.at(-1)?.kind, 'stopped')
    // The flood would go on for ever; a busy machine takes its time to end the thread.
    assert.ok(tookMs < 5000, `${tookMs} ms`)
  })

  test('goes on with another worker when one has failed', async () => {
    await using stage = new Stage()
    await stage.open()
    const stream = await stage.connectStream()
    stream.write(frame('before'))
    await stage.untilText('before')
    const closed = once(stream.resume(), 'close')
    await stage.sendDatagrams(['fail'])
    await stage.until(() => stage.messages.some(({ kind }) => kind === 'failed'))
    await stage.sendDatagrams(['after'])
    await stage.untilText('after')
    // The failed worker's connection does not stay open, with a client that waits for ever.
    await closed
    const failed = stage.messages.find(({ kind }) => kind === 'failed')
    assert.deepEqual(failed, { kind: 'failed', message: 'a packet was too much' })
  })

  test('starts a worker for a capture', async () => {
    await using stage = new Stage()
    const receiver = await stage.open()
    receiver.tell({ kind: 'capture', path: '/x', maxBytes: 1 })
    await stage.until(() => stage.messages.some(({ kind }) => kind === 'captured'))
    const fault = 'there is no file to capture to'
    const captured = { kind: 'captured', packets: 0, bytes: 0, isOver: true, fault }
    assert.deepEqual(stage.messages.slice(0, 2), [{ kind: 'ready' }, captured])
  })

  test('receives on a port that becomes free while it receives on others', async () => {
    await using stage = new Stage()
    const other = createSocket('udp4').bind(0, '127.0.0.1')
    await once(other, 'listening')
    const receiver = await stage.open({ udpPort: other.address().port })
    await stage.sendDatagrams(['a'])
    await stage.untilText('a')
    assert.match(receiver.describe().warnings[0] ?? '', /Cannot listen on UDP/)
    other.close()
    while (receiver.describe().sockets[0]?.isOpen !== true) await nextTurn()
    await stage.sendUdp('b')
    await stage.untilText('b')
  })

  test('counts what the kernel drops', async () => {
    await using stage = new Stage()
    await stage.open({ receiveBufferBytes: 2048 })
    const opening = openSockets()
    assert.ok(opening.kind === 'open')
    const { sockets } = opening
    const sender = sockets.create('ipv4', 'datagram')
    sockets.connect(sender, { family: 'ipv4', address: '127.0.0.1', port: stage.udpPort })
    // Nobody can read meanwhile: this thread does not give way.
    for (let i = 0; i < 200; i += 1) sockets.send(sender, Buffer.alloc(100, 'x'))
    sockets.close(sender)
    const drops = (): number => stage.counters.get('udp.kernel_drops')
    while (drops() + stage.counters.get('udp.packets') < 200) await nextTurn()
    assert.ok(drops() > 0)
  })

  test('copies packets to where they are to go, and counts those that it cannot', async () => {
    await using stage = new Stage()
    const target = createSocket('udp4').bind(0, '127.0.0.1')
    await once(target, 'listening')
    const copies: string[] = []
    target.on('message', (packet) => copies.push(packet.toString()))
    const forwardTo = { host: '127.0.0.1', port: target.address().port }
    await stage.open({}, { forwardTo })
    await stage.sendDatagrams(['early'])
    await stage.untilText('early')
    await stage.sendUdp('late')
    while (copies.length < 2) await nextTurn()
    assert.deepEqual(copies, ['early', 'late'])
    target.close()
    await once(target, 'close')
    // The kernel tells of the first with the second.
    await stage.sendDatagrams(['x', 'y'])
    await stage.untilText('y')
    assert.deepEqual(
      [stage.counters.get('forward.packets'), stage.counters.get('forward.failed')],
      [3, 1],
    )
  })
})

describe('openReceiver() without the C library', () => {
  test('receives by UDP and streams, and says why not better', async () => {
    await using stage = new Stage()
    const receiver = await stage.open({}, {}, { openSockets: absent })
    while (receiver.describe().sockets.length === 0) await nextTurn()
    const { way, reason, sockets, warnings } = receiver.describe()
    assert.deepEqual([way, reason], ['node', 'of a test'])
    assert.deepEqual(
      sockets.map(({ transport, isOpen }) => [transport, isOpen]),
      [
        ['udp', true],
        ['uds', false],
        ['uds-stream', true],
      ],
    )
    assert.match(warnings[0] ?? '', /Node knows no datagrams on Unix sockets/)
    await stage.sendUdp('a')
    await stage.untilText('a')
    const stream = await stage.connectStream()
    stream.write(Buffer.concat([frame('b'), frame('c').subarray(0, 2)]))
    await nextTurn()
    stream.end(frame('c').subarray(2))
    await stage.untilText('c')
    assert.deepEqual(stage.told, [
      ['a', 'udp nowhere'],
      ['b', 'uds-stream nowhere'],
      ['c', 'uds-stream nowhere'],
    ])
    await receiver.stop()
    assert.deepEqual(stage.texts.slice(3), ['without'])
    assert.equal(existsSync(stage.path('stream')), false)
  })

  test('copies packets and cuts off frames that are too long', async () => {
    await using stage = new Stage()
    const target = createSocket('udp4').bind(0, '127.0.0.1')
    await once(target, 'listening')
    const forwardTo = { host: 'localhost', port: target.address().port }
    const receiver = await stage.open({ packetBytes: 100 }, { forwardTo }, { openSockets: absent })
    while (receiver.describe().sockets.length === 0) await nextTurn()
    const copied = once(target, 'message')
    await stage.sendUdp('a')
    const [copy] = await copied
    assert.equal(String(copy), 'a')
    target.close()
    const stream = await stage.connectStream()
    stream.resume().write(frame('x'.repeat(101)))
    await once(stream, 'close')
    assert.equal(stage.counters.get('bad.frame'), 1)
  })
})

import assert from 'node:assert/strict'
import { mkdtempDisposableSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { findFreePort } from '../../test/agent/find-free-port.ts'
import { LibcError } from './libc.ts'
import { openSockets, type Sockets } from './sockets.ts'

function open(): Sockets {
  const opening = openSockets()
  if (opening.kind === 'absent') throw new Error(opening.reason)
  return opening.sockets
}

/** A folder for Unix sockets, and sockets that are closed in the end. */
class Stage implements Disposable {
  readonly sockets = open()
  readonly #folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-sockets-'))
  readonly #descriptors: number[] = []

  get path(): string {
    return join(this.#folder.path, 'socket')
  }

  keep(descriptor: number | undefined): number {
    assert.ok(descriptor !== undefined)
    this.#descriptors.push(descriptor)
    return descriptor
  }

  bind(type: 'datagram' | 'stream'): number {
    const descriptor = this.keep(this.sockets.create('unix', type))
    this.sockets.bind(descriptor, { family: 'unix', path: this.path })
    return descriptor
  }

  connect(type: 'datagram' | 'stream'): number {
    const descriptor = this.keep(this.sockets.create('unix', type))
    this.sockets.connect(descriptor, { family: 'unix', path: this.path })
    return descriptor
  }

  [Symbol.dispose](): void {
    for (const descriptor of this.#descriptors) this.sockets.close(descriptor)
    this.#folder.remove()
  }
}

describe('openSockets()', () => {
  test('receives many messages in one call, with who sent them', () => {
    using stage = new Stage()
    const { sockets } = stage
    const receiver = stage.bind('datagram')
    sockets.setOption(receiver, 'passCredentials', 1)
    const sender = stage.connect('datagram')
    const batch = sockets.createBatch({ count: 4, messageBytes: 8192 })
    // A second time, since the kernel shortens what it has written to.
    for (const texts of [
      ['a', 'bc', ''],
      ['d', 'ef', 'ghi', 'j'],
    ]) {
      for (const text of texts) assert.ok(sockets.send(sender, Buffer.from(text)))
      assert.equal(sockets.receiveBatch(receiver, batch), texts.length)
      for (const [at, text] of texts.entries()) {
        const from = batch.from(at)
        const bytes = batch.memory.subarray(from, from + batch.lengthOf(at))
        assert.equal(Buffer.from(bytes).toString(), text)
        assert.equal(batch.pidOf(at), process.pid)
        assert.equal(batch.uidOf(at), process.getuid?.())
        assert.equal(batch.gidOf(at), process.getgid?.())
        assert.equal(batch.isTruncated(at), false)
      }
      batch.rearm(texts.length)
    }
    assert.equal(sockets.receiveBatch(receiver, batch), 0)
  })

  test('tells a message that was cut', () => {
    using stage = new Stage()
    const { sockets } = stage
    const receiver = stage.bind('datagram')
    const batch = sockets.createBatch({ count: 2, messageBytes: 3 })
    const sender = stage.connect('datagram')
    for (const text of ['abcd', 'abc']) sockets.send(sender, Buffer.from(text))
    assert.equal(sockets.receiveBatch(receiver, batch), 2)
    assert.deepEqual([batch.lengthOf(0), batch.isTruncated(0)], [3, true])
    assert.deepEqual([batch.lengthOf(1), batch.isTruncated(1)], [3, false])
    assert.equal(batch.pidOf(0), 0)
  })

  test('keeps room behind each message', () => {
    const batch = open().createBatch({ count: 3, messageBytes: 8192 })
    assert.ok(batch.from(1) - batch.from(0) >= 8192 + 8)
    assert.ok(batch.from(2) + 8192 + 8 <= batch.memory.length)
  })

  test('accepts a connection, knows who it is, and reads what comes', () => {
    using stage = new Stage()
    const { sockets } = stage
    const listener = stage.bind('stream')
    sockets.listen(listener, 8)
    assert.equal(sockets.accept(listener), undefined)
    const client = stage.connect('stream')
    const connection = stage.keep(sockets.accept(listener))
    const memory = sockets.allocate(4096)
    const read = (): number => sockets.receive(connection, memory, { at: 10, length: 100 })
    assert.equal(sockets.peerOf(connection).pid, process.pid)
    assert.equal(read(), -1)
    assert.ok(sockets.send(client, Buffer.from('abc')))
    assert.equal(read(), 3)
    assert.equal(Buffer.from(memory.bytes.subarray(9, 14)).toString(), '\0abc\0')
  })

  test('tells the end of a connection from silence', () => {
    using stage = new Stage()
    const { sockets } = stage
    const listener = stage.bind('stream')
    sockets.listen(listener, 8)
    const client = sockets.create('unix', 'stream')
    sockets.connect(client, { family: 'unix', path: stage.path })
    const connection = stage.keep(sockets.accept(listener))
    sockets.close(client)
    const memory = sockets.allocate(4096)
    assert.equal(sockets.receive(connection, memory, { at: 0, length: 100 }), 0)
  })

  test('counts what the kernel drops', async () => {
    using stage = new Stage()
    const { sockets } = stage
    const port = await findFreePort()
    const receiver = stage.keep(sockets.create('ipv4', 'datagram'))
    sockets.setOption(receiver, 'receiveBuffer', 2048)
    sockets.bind(receiver, { family: 'ipv4', address: '127.0.0.1', port })
    const sender = stage.keep(sockets.create('ipv4', 'datagram'))
    sockets.connect(sender, { family: 'ipv4', address: '127.0.0.1', port })
    assert.equal(sockets.dropsOf(receiver), 0)
    for (let i = 0; i < 50; i += 1) sockets.send(sender, Buffer.alloc(100))
    const batch = sockets.createBatch({ count: 64, messageBytes: 100 })
    assert.equal(sockets.receiveBatch(receiver, batch) + sockets.dropsOf(receiver), 50)
    assert.ok(sockets.dropsOf(receiver) > 0)
  })

  test('says that nobody listens at a path, or something of another type', () => {
    using stage = new Stage()
    const codeOf = (type: 'datagram' | 'stream'): string => {
      try {
        stage.connect(type)
      } catch (error) {
        return error instanceof LibcError ? error.code : ''
      }
      return 'connected'
    }
    assert.equal(codeOf('datagram'), 'ENOENT')
    stage.bind('datagram')
    assert.equal(codeOf('stream'), 'EPROTOTYPE')
    assert.equal(codeOf('datagram'), 'connected')
  })

  test('waits for what is ready, until the time is over', () => {
    using stage = new Stage()
    const { sockets } = stage
    const event = stage.keep(sockets.createEvent())
    const ready = sockets.createReadySet()
    ready.add(event)
    assert.equal(ready.wait(1), 0)
    writeSync(event, new BigUint64Array([1n]))
    assert.equal(ready.wait(60_000), 1)
    assert.equal(ready.at(0), event)
    sockets.clearEvent(event)
    assert.equal(ready.wait(0), 0)
    writeSync(event, new BigUint64Array([1n]))
    ready.remove(event)
    assert.equal(ready.wait(0), 0)
    ready.close()
  })
})

import assert from 'node:assert/strict'
import { closeSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { openUnixSender, type UnixSender } from './send-with-credentials.ts'
import { openSockets, type Sockets } from './sockets.ts'

const isRoot = process.getuid?.() === 0
const opening = openSockets()

describe('openUnixSender()', { skip: opening.kind === 'absent' && opening.reason }, () => {
  let folder = ''
  let path = ''
  let listener = -1
  let sockets: Sockets
  const senders: UnixSender[] = []
  before(() => {
    assert.ok(opening.kind === 'open')
    ;({ sockets } = opening)
    folder = mkdtempSync(join(tmpdir(), 'vigie-send-'))
    path = join(folder, 'dsd.socket')
    listener = sockets.create('unix', 'datagram')
    sockets.setOption(listener, 'passCredentials', 1)
    sockets.bind(listener, { family: 'unix', path })
  })
  after(() => {
    for (const { close } of senders) close()
    closeSync(listener)
    rmSync(folder, { recursive: true })
  })

  function open(): UnixSender {
    const answer = openUnixSender(path)
    assert.ok(answer.kind === 'open')
    senders.push(answer.sender)
    return answer.sender
  }

  function receive() {
    const batch = sockets.createBatch({ count: 4, messageBytes: 200_000 })
    const count = sockets.receiveBatch(listener, batch)
    return Array.from({ length: count }, (_, at) => ({
      text: Buffer.from(batch.memory).toString('latin1', batch.from(at), batch.from(at) + batch.lengthOf(at)), // prettier-ignore
      pid: batch.pidOf(at),
      uid: batch.uidOf(at),
      gid: batch.gidOf(at),
    }))
  }

  test('sends with its own credentials', () => {
    assert.equal(open().send(Buffer.from('a:1|c')), true)
    const [uid = -1, gid = -1] = [process.getuid?.(), process.getgid?.()]
    assert.deepEqual(receive(), [{ text: 'a:1|c', pid: process.pid, uid, gid }])
  })

  test('names another user and group as root, and is refused otherwise', () => {
    const sender = open()
    const claimed = { uid: 4242, gid: 999_888_777 }
    if (!isRoot) {
      assert.throws(() => sender.send(Buffer.from('a:1|c'), claimed), { code: 'EPERM' })
      return
    }
    assert.equal(sender.send(Buffer.from('a:1|c'), claimed), true)
    assert.equal(sender.send(Buffer.from('b:1|c'), { uid: 2_147_483_647, gid: 1 }), true)
    assert.deepEqual(receive(), [
      { text: 'a:1|c', pid: process.pid, ...claimed },
      { text: 'b:1|c', pid: process.pid, uid: 2_147_483_647, gid: 1 },
    ])
  })

  test('tells a full queue from what cannot be sent at all', () => {
    const sender = open()
    const answers = Array.from({ length: 10_000 }, () => sender.send(Buffer.from('a:1|c')))
    assert.deepEqual([answers.at(0), answers.at(-1)], [true, false])
    while (receive().length > 0);
    assert.throws(() => sender.send(Buffer.alloc(300_000)), { code: 'EMSGSIZE' })
    assert.equal(sender.send(Buffer.alloc(100_000, 'x')), true)
    assert.equal(receive()[0]?.text.length, 100_000)
  })

  test('says that nobody listens', () => {
    assert.throws(() => openUnixSender(join(folder, 'none')), { code: 'ENOENT' })
  })
})

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, mkdtempDisposableSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { epollIn } from './epoll-event.ts'
import { decodeInotifyEvents, inotifyCreate, inotifyDelete } from './inotify-event.ts'
import { openLibc, type Libc, type LibcError } from './libc.ts'

function open(): Libc {
  const opening = openLibc()
  if (opening.kind === 'absent') throw new Error(opening.reason)
  return opening.libc
}

/** Descriptors that are closed in the end. */
class Descriptors implements Disposable {
  readonly #all: number[] = []

  keep(descriptor: number | undefined): number {
    assert.ok(descriptor !== undefined)
    this.#all.push(descriptor)
    return descriptor
  }

  [Symbol.dispose](): void {
    for (const descriptor of this.#all) closeSync(descriptor)
  }
}

describe('openLibc()', () => {
  test('tells of folders that come and go, in the event loop', async () => {
    const libc = open()
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-libc-'))
    using descriptors = new Descriptors()
    const epoll = descriptors.keep(libc.epollCreate())
    const inotify = descriptors.keep(libc.inotifyCreate())
    const watch = libc.inotifyWatch(inotify, folder.path, inotifyCreate | inotifyDelete)
    libc.epollAdd(epoll, { descriptor: inotify, events: epollIn, token: 4_000_000_000 })
    assert.deepEqual(libc.epollReady(epoll), [])
    const { promise, resolve } = Promise.withResolvers<void>()
    const handle = libc.onReady(epoll, () => setImmediate(resolve))
    mkdirSync(join(folder.path, 'a'))
    rmdirSync(join(folder.path, 'a'))
    const awake = setInterval(() => undefined, 1000)
    await promise
    clearInterval(awake)
    handle.close()
    assert.deepEqual(libc.epollReady(epoll), [4_000_000_000])
    const buffer = Buffer.alloc(4096)
    const events = decodeInotifyEvents(buffer, libc.read(inotify, buffer))
    assert.deepEqual(
      events.map((event) => [event.watch, event.name, event.mask & 0xfff]),
      [
        [watch, 'a', inotifyCreate],
        [watch, 'a', inotifyDelete],
      ],
    )
    assert.equal(libc.read(inotify, buffer), 0)
  })

  test('gives a descriptor that is ready when the process has ended', async () => {
    const libc = open()
    using descriptors = new Descriptors()
    const epoll = descriptors.keep(libc.epollCreate())
    const child = spawn('cat')
    const pidfd = descriptors.keep(libc.pidfdOpen(child.pid ?? 0))
    libc.epollAdd(epoll, { descriptor: pidfd, events: epollIn, token: 7 })
    assert.deepEqual(libc.epollReady(epoll), [])
    child.stdin.end()
    await once(child, 'exit')
    assert.deepEqual(libc.epollReady(epoll), [7])
  })

  test('gives none of a process that does not exist', () => {
    assert.equal(open().pidfdOpen(2 ** 30), undefined)
  })

  test('says which folder cannot be watched, and why', () => {
    const libc = open()
    using descriptors = new Descriptors()
    const inotify = descriptors.keep(libc.inotifyCreate())
    assert.throws(
      () => libc.inotifyWatch(inotify, '/nowhere', inotifyCreate),
      ({ code, message }: LibcError) => code === 'ENOENT' && message.includes('/nowhere'),
    )
  })
})

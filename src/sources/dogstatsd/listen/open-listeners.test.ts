import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempDisposableSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { dogstatsdDefaults } from '../../../../test/agent/dogstatsd-settings.ts'
import { openSockets, type Sockets } from '../../../libc/sockets.ts'
import { ListenError, type BoundListener, type Listener, type Opener } from './listener.ts'
import { createNativeOpener } from './native-opener.ts'
import { createNodeOpener } from './node-opener.ts'
import { openListeners, type Listeners, type ListenState } from './open-listeners.ts'

function open(): Sockets {
  const opening = openSockets()
  if (opening.kind === 'absent') throw new Error(opening.reason)
  return opening.sockets
}

/** A folder, and listeners that are closed in the end. */
class Stage implements AsyncDisposable {
  readonly sockets = open()
  readonly opened: BoundListener[] = []
  readonly #folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-listen-'))
  readonly #all: Listeners[] = []

  path(name: string): string {
    return join(this.#folder.path, name)
  }

  async listen(listen: Partial<typeof dogstatsdDefaults.listen>): Promise<Listeners> {
    const listeners = await openListeners({
      opener: createNativeOpener(this.sockets),
      listen: { ...dogstatsdDefaults.listen, udpHost: '127.0.0.1', ...listen },
      onOpen: (listener) => {
        this.opened.push(listener)
        this.#onOpen()
      },
      retryBaseMs: 5,
    })
    this.#all.push(listeners)
    return listeners
  }

  /** Resolves when another one is open. */
  async nextOpen(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#onOpen = resolve
    await promise
  }

  #onOpen: () => void = () => undefined

  async [Symbol.asyncDispose](): Promise<void> {
    for (const listeners of this.#all) listeners.close()
    this.#folder.remove()
  }
}

async function takePort(): Promise<{ port: number; free: () => Promise<void> }> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  const free = async (): Promise<void> => {
    socket.close()
    await once(socket, 'close')
  }
  return { port, free }
}

async function findPort(): Promise<number> {
  const { port, free } = await takePort()
  await free()
  return port
}

function problemOf([state]: readonly ListenState[]): string | undefined {
  return state?.problem?.sentence
}

describe('openListeners()', () => {
  test('opens all that is asked for, and nothing else', async () => {
    await using stage = new Stage()
    const udpPort = await findPort()
    const socketPath = stage.path('run/datadog/dsd.socket')
    const streamSocketPath = stage.path('stream.socket')
    const listeners = await stage.listen({ udpPort, socketPath, streamSocketPath })
    assert.deepEqual(listeners.states(), [
      { transport: 'udp', address: `127.0.0.1:${udpPort}`, isOpen: true },
      { transport: 'uds', address: socketPath, isOpen: true },
      { transport: 'uds-stream', address: streamSocketPath, isOpen: true },
    ])
    await using nothing = new Stage()
    assert.deepEqual((await nothing.listen({})).states(), [])
  })

  test('lets all write to its sockets, and removes them at the end', async () => {
    await using stage = new Stage()
    const listeners = await stage.listen({
      socketPath: stage.path('a'),
      streamSocketPath: stage.path('b'),
    })
    for (const name of ['a', 'b']) assert.equal(statSync(stage.path(name)).mode & 0o777, 0o722)
    listeners.close()
    for (const name of ['a', 'b']) assert.equal(existsSync(stage.path(name)), false)
  })

  test('replaces the socket of a process that is no more', async () => {
    await using stage = new Stage()
    const path = stage.path('a')
    const { sockets } = stage
    const old = sockets.create('unix', 'stream')
    sockets.bind(old, { family: 'unix', path })
    sockets.close(old)
    const listeners = await stage.listen({ socketPath: path })
    assert.equal(listeners.states()[0]?.isOpen, true)
  })

  for (const type of ['datagram', 'stream'] as const) {
    test(`leaves the ${type} socket of a process that listens alone`, async () => {
      await using stage = new Stage()
      const path = stage.path('a')
      const { sockets } = stage
      const other = sockets.create('unix', type)
      sockets.bind(other, { family: 'unix', path })
      if (type === 'stream') sockets.listen(other, 1)
      const before = statSync(path).ino
      const problem = problemOf((await stage.listen({ socketPath: path })).states())
      assert.match(problem ?? '', /another process, such as a Datadog Agent, listens there/)
      assert.equal(statSync(path).ino, before)
      sockets.close(other)
    })
  }

  test('leaves a file that is no socket alone, and says so', async () => {
    await using stage = new Stage()
    const path = stage.path('a')
    writeFileSync(path, 'precious')
    const problem = problemOf((await stage.listen({ socketPath: path })).states())
    assert.match(problem ?? '', /^Cannot make the socket \S+: there is a file that is no socket/)
    assert.equal(statSync(path).size, 8)
  })

  test('leaves a socket alone at the end that somebody else has put in its place', async () => {
    await using stage = new Stage()
    const path = stage.path('a')
    const listeners = await stage.listen({ socketPath: path })
    rmSync(path)
    writeFileSync(path, '')
    listeners.close()
    assert.ok(existsSync(path))
  })

  test('says that a path is too long for a socket', async () => {
    await using stage = new Stage()
    const listeners = await stage.listen({ socketPath: stage.path('a'.repeat(120)) })
    assert.match(problemOf(listeners.states()) ?? '', /the kernel takes 107/)
  })

  test('opens the others when one cannot be, and that one as soon as it can', async () => {
    await using stage = new Stage()
    const { port, free } = await takePort()
    const listeners = await stage.listen({ udpPort: port, socketPath: stage.path('a') })
    const [udp, uds] = listeners.states()
    assert.match(udp?.problem?.sentence ?? '', /^Cannot listen on UDP 127\.0\.0\.1:\d+: another/)
    assert.equal(udp?.problem?.isExpected, false)
    assert.equal(uds?.isOpen, true)
    const opened = stage.nextOpen()
    await free()
    await opened
    assert.deepEqual(listeners.states()[0], {
      transport: 'udp',
      address: `127.0.0.1:${port}`,
      isOpen: true,
    })
  })

  test('makes the socket once its folder can be made', async () => {
    await using stage = new Stage()
    writeFileSync(stage.path('run'), '')
    const listeners = await stage.listen({ socketPath: stage.path('run/a') })
    assert.match(problemOf(listeners.states()) ?? '', /a part of the path is a file/)
    const opened = stage.nextOpen()
    rmSync(stage.path('run'))
    mkdirSync(stage.path('run'))
    await opened
    assert.ok(existsSync(stage.path('run/a')))
  })

  const hosts: readonly [host: string, shown: string][] = [
    ['localhost', '127.0.0.1'],
    ['::1', '[::1]'],
    ['0.0.0.0', '[::]'],
    ['::', '[::]'],
  ]
  for (const [host, shown] of hosts) {
    test(`listens on ${shown} for ${host}`, async () => {
      await using stage = new Stage()
      const udpPort = await findPort()
      const listeners = await stage.listen({ udpPort, udpHost: host })
      assert.equal(listeners.states()[0]?.address, `${shown}:${udpPort}`)
    })
  }

  test('takes what comes by IPv4 and by IPv6 on all addresses', async () => {
    await using stage = new Stage()
    const { sockets } = stage
    const port = await findPort()
    await stage.listen({ udpPort: port, udpHost: '0.0.0.0' })
    const batch = sockets.createBatch({ count: 4, messageBytes: 100 })
    for (const [family, address] of [
      ['ipv4', '127.0.0.1'],
      ['ipv6', '::1'],
    ] as const) {
      const sender = sockets.create(family, 'datagram')
      sockets.connect(sender, { family, address, port })
      sockets.send(sender, Buffer.from('a'))
      sockets.close(sender)
      assert.equal(sockets.receiveBatch(stage.opened[0]?.descriptor ?? 0, batch), 1)
    }
  })

  test('gives UDP the buffer that is asked for, as far as it may', async () => {
    await using stage = new Stage()
    await stage.listen({ udpPort: await findPort(), receiveBufferBytes: 100_000 })
    const descriptor = stage.opened[0]?.descriptor ?? 0
    assert.equal(stage.sockets.receiveBufferOf(descriptor), 200_000)
  })

  test('says that a name has no address', async () => {
    await using stage = new Stage()
    const listeners = await stage.listen({ udpPort: 8125, udpHost: 'no-such-host.invalid' })
    assert.match(problemOf(listeners.states()) ?? '', /the name has no address.*set bind_host/)
  })
})

describe('ListenState.problem', () => {
  const refusing = (code: string): Opener<Listener> => {
    const refuse = async (): Promise<never> => {
      throw new ListenError(code, 'Cannot make the socket')
    }
    return { openUdp: refuse, openUnix: refuse }
  }
  const cases: readonly [code: string, path: string, isExpected: boolean][] = [
    ['EACCES', '/var/run/datadog/dsd.socket', true],
    ['EACCES', '/run/other.socket', false],
    ['EADDRINUSE', '/var/run/datadog/dsd.socket', false],
  ]
  for (const [code, socketPath, isExpected] of cases) {
    test(`${isExpected ? 'expects' : 'does not expect'} ${code} at ${socketPath}`, async () => {
      const listen = { ...dogstatsdDefaults.listen, socketPath }
      const options = { opener: refusing(code), listen, onOpen: () => undefined }
      const listeners = await openListeners(options)
      assert.equal(listeners.states()[0]?.problem?.isExpected, isExpected)
      listeners.close()
    })
  }
})

describe('createNodeOpener()', () => {
  const onPacket = (): void => undefined
  const opener = createNodeOpener({ onPacket, onConnection: onPacket, maxConnections: 1 })

  test('leaves the socket of a process that listens alone', async () => {
    await using stage = new Stage()
    const path = stage.path('a')
    const first = await opener.openUnix('uds-stream', path)
    await assert.rejects(opener.openUnix('uds-stream', path), /listens there/)
    first.close()
    assert.equal(existsSync(path), false)
  })

  test('says that it knows no datagrams on Unix sockets', async () => {
    await assert.rejects(opener.openUnix('uds', '/x'), /Node knows no datagrams on Unix sockets/)
  })
})

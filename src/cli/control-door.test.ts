import assert from 'node:assert/strict'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { pino } from 'pino'
import { ControlError, type ControlLine, type ControlQuestion } from '../component/control.ts'
import { ControlClientError, askDoor, type DoorQuestion } from './control-client.ts'
import { createControlDoor, type ControlDoor, type ControlLimits } from './control-door.ts'
import { controlPath } from './control-socket.ts'

let dataDir = ''
let stop = new AbortController()
let logged = ''
let doors: ControlDoor[] = []
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'vigie-door-'))
  stop = new AbortController()
  logged = ''
  doors = []
})
afterEach(async () => {
  for (const door of doors) await door.close()
  rmSync(dataDir, { recursive: true })
})

async function openDoor(limits: Partial<ControlLimits> = {}, folder = dataDir) {
  const log = pino({ base: null }, { write: (line) => (logged += line) })
  const door = createControlDoor({
    path: controlPath(folder, 'agent'),
    log,
    signal: stop.signal,
    limits,
  })
  doors.push(door)
  await door.open()
  return door
}

async function ask(question: DoorQuestion, folder = dataDir): Promise<ControlLine[]> {
  return Array.fromAsync(askDoor<ControlLine>({ dataDir: folder }, question))
}

async function* echo({ parameters, body }: ControlQuestion): AsyncGenerator<ControlLine> {
  yield Object.fromEntries(parameters)
  let bytes = 0
  for await (const piece of body) bytes += piece.length
  yield { bytes }
}

describe('createControlDoor()', () => {
  test('hands parameters and body to the answer, and its lines back', async () => {
    const { control } = await openDoor()
    control.offer('dogstatsd-echo', echo)
    const body = Buffer.alloc(100_000)
    assert.deepEqual(
      await ask({ name: 'dogstatsd-echo', parameters: { path: '/tmp/a b&c' }, body }),
      [{ path: '/tmp/a b&c' }, { bytes: 100_000 }],
    )
  })

  test('lets in nobody but its own user', async () => {
    await openDoor()
    const path = controlPath(dataDir, 'agent')
    assert.equal(statSync(path).mode & 0o777, 0o600)
    assert.equal(statSync(dirname(path)).mode & 0o777, 0o700)
  })

  test('says which source would answer what nobody does', async () => {
    const { control } = await openDoor()
    const takeBack = control.offer('docker-list', echo)
    await assert.rejects(ask({ name: 'dogstatsd-stats' }), {
      message: /"dogstatsd-stats": .* source "dogstatsd", which does not run; .* docker-list$/,
    })
    takeBack()
    await assert.rejects(ask({ name: 'docker-list' }), { message: /answered: health$/ })
  })

  test('gives the sentence of what cannot be done, before and after the first line', async () => {
    const { control } = await openDoor()
    async function* fail({ parameters }: ControlQuestion): AsyncGenerator<ControlLine> {
      if (parameters.has('late')) yield { packets: 1 }
      throw new ControlError('The disk is full')
    }
    control.offer('dogstatsd-capture', fail)
    const fault = { name: 'ControlClientError', message: 'The disk is full' }
    await assert.rejects(ask({ name: 'dogstatsd-capture' }), fault)
    await assert.rejects(ask({ name: 'dogstatsd-capture', parameters: { late: '' } }), fault)
    assert.equal(logged, '')
  })

  test('keeps what went wrong inside to its log', async () => {
    const { control } = await openDoor()
    control.offer('dogstatsd-stats', () => {
      throw new TypeError('a secret is undefined')
    })
    await assert.rejects(ask({ name: 'dogstatsd-stats' }), { message: /its log says why$/ })
    assert.match(logged, /a secret is undefined/)
  })

  test('refuses a body that is too long', async () => {
    const { control } = await openDoor({ bodyBytes: 10 })
    control.offer('dogstatsd-echo', echo)
    const question = { name: 'dogstatsd-echo', body: Buffer.alloc(11) }
    await assert.rejects(ask(question), { message: 'The body is longer than 10 bytes' })
  })

  test('closes connections beyond its limit at once', async () => {
    await openDoor({ connections: 1 })
    const first = createConnection(controlPath(dataDir, 'agent'))
    await once(first, 'connect')
    const second = createConnection(controlPath(dataDir, 'agent'))
    await once(second, 'close')
    first.destroy()
  })

  test('ends a request that does not arrive', async () => {
    await openDoor({ requestMs: 30 })
    const slow = createConnection(controlPath(dataDir, 'agent'))
    slow.write('GET /dogstatsd-stats HTTP/1.1\r\n')
    slow.resume()
    await once(slow, 'close')
  })

  test('tells the answer when whoever asked is gone', async () => {
    const { control } = await openDoor()
    const ended = Promise.withResolvers<void>()
    async function* wait({ signal }: ControlQuestion): AsyncGenerator<ControlLine> {
      yield { path: '/tmp/x' }
      await once(signal, 'abort')
      ended.resolve()
    }
    control.offer('dogstatsd-capture', wait)
    const leave = new AbortController()
    const lines = askDoor({ dataDir }, { name: 'dogstatsd-capture', signal: leave.signal })
    assert.deepEqual((await lines.next()).value, { path: '/tmp/x' })
    leave.abort()
    await ended.promise
  })

  test('cuts off an asker that reads nothing', async () => {
    const { control } = await openDoor({ stallMs: 20 })
    const ended = Promise.withResolvers<void>()
    async function* flood({ signal }: ControlQuestion): AsyncGenerator<ControlLine> {
      while (!signal.aborted) yield { text: 'x'.repeat(100_000) }
      ended.resolve()
    }
    control.offer('dogstatsd-stats', flood)
    const asker = createConnection(controlPath(dataDir, 'agent'))
    asker.on('error', () => {}).pause()
    asker.write('GET /dogstatsd-stats HTTP/1.1\r\nHost: agent\r\n\r\n')
    await ended.promise
    asker.destroy()
  })

  test('lets answers say their last when the agent stops', async () => {
    const { control } = await openDoor()
    async function* capture({ signal }: ControlQuestion): AsyncGenerator<ControlLine> {
      yield { packets: 0 }
      await once(signal, 'abort')
      yield { isOver: true }
    }
    control.offer('dogstatsd-capture', capture)
    const lines = askDoor<ControlLine>({ dataDir }, { name: 'dogstatsd-capture' })
    await lines.next()
    stop.abort()
    assert.deepEqual((await lines.next()).value, { isOver: true })
    assert.equal((await lines.next()).done, true)
  })

  test('breaks off an answer that does not end, and the asker hears of it', async () => {
    const { control, close } = await openDoor({ closeMs: 10 })
    async function* stubborn(): AsyncGenerator<ControlLine> {
      yield { packets: 0 }
      await new Promise(() => {})
    }
    control.offer('dogstatsd-capture', stubborn)
    const lines = askDoor({ dataDir }, { name: 'dogstatsd-capture' })
    await lines.next()
    await close()
    await assert.rejects(lines.next(), ControlClientError)
  })

  test('takes its socket away', async () => {
    const { close } = await openDoor()
    await close()
    assert.equal(existsSync(controlPath(dataDir, 'agent')), false)
  })

  test('replaces the socket of an agent that was killed', async () => {
    const path = controlPath(dataDir, 'agent')
    mkdirSync(dirname(path))
    const killed = createServer().listen(path)
    await once(killed, 'listening')
    // Closing would take the file away, as a kill does not.
    renameSync(path, `${path}.kept`)
    killed.close()
    renameSync(`${path}.kept`, path)
    const { control } = await openDoor()
    control.offer('dogstatsd-echo', echo)
    assert.equal((await ask({ name: 'dogstatsd-echo' })).length, 2)
  })

  test('leaves the socket to an agent that runs with the same data folder', async () => {
    const { control } = await openDoor()
    control.offer('dogstatsd-echo', echo)
    const second = await openDoor()
    assert.match(logged, /another agent with the data folder .* is running/)
    await second.close()
    assert.equal((await ask({ name: 'dogstatsd-echo' })).length, 2)
  })

  test('leaves the socket of another that has taken its place', async () => {
    const first = await openDoor()
    rmSync(controlPath(dataDir, 'agent'))
    const { control } = await openDoor()
    control.offer('dogstatsd-echo', echo)
    await first.close()
    assert.equal((await ask({ name: 'dogstatsd-echo' })).length, 2)
  })

  test('leaves a file alone that is no socket', async () => {
    mkdirSync(dirname(controlPath(dataDir, 'agent')))
    writeFileSync(controlPath(dataDir, 'agent'), 'precious')
    await openDoor()
    assert.match(logged, /is there and is no socket/)
    assert.equal(statSync(controlPath(dataDir, 'agent')).size, 8)
  })

  test('works in a folder whose name is longer than an address may be', async () => {
    const deep = join(dataDir, 'd'.repeat(120), 'e'.repeat(200))
    const { control, close } = await openDoor({}, deep)
    control.offer('dogstatsd-echo', echo)
    assert.equal(logged, '')
    assert.equal((await ask({ name: 'dogstatsd-echo' }, deep)).length, 2)
    assert.equal(statSync(controlPath(deep, 'agent')).mode & 0o777, 0o600)
    await close()
    assert.equal(existsSync(controlPath(deep, 'agent')), false)
  })
})

describe('askDoor()', () => {
  test('says how to reach an agent that is not there', async () => {
    await assert.rejects(ask({ name: 'dogstatsd-stats' }), {
      name: 'ControlClientError',
      code: 'CONTROL_FAILED',
      message: new RegExp(`No agent is running with the data folder ${dataDir}: .*--config`),
    })
  })
})

import assert from 'node:assert/strict'
import { once } from 'node:events'
import {
  appendFile,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { connect } from 'node:net'
import { createSocket } from 'node:dgram'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { findFreePort } from '../agent/find-free-port.ts'
import { RecordingIntake } from '../agent/recording-intake.ts'
import { uniqueName } from '../engine/engine.ts'
import { startPrivateEngine, type PrivateEngine } from '../engine/private-engine.ts'
import { countReceived, receivedMessages } from './log-receiver.ts'
import { findLogFile, hasOpen } from './numbered-lines.ts'
import { startVigie, type Vigie } from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

const rotating = {
  LogConfig: { Type: 'json-file', Config: { 'max-size': '100k', 'max-file': '3' } },
}

/** Numbered lines of 100 characters, 500 at a time, so that the engine rotates some times a second. */
const print = (count: number): string =>
  `i=0; while [ $i -lt ${count} ]; do printf '%0100d\\n' $i; i=$((i+1)); [ $((i % 500)) = 0 ] && sleep 0.3; done`

/** A folder with an intake and an agent that reads logs and nothing else. */
class Place {
  readonly folder: string
  readonly intake: RecordingIntake

  constructor(folder: string, intake: RecordingIntake) {
    this.folder = folder
    this.intake = intake
  }

  static async open(): Promise<Place> {
    return new Place(
      await mkdtemp(join(tmpdir(), 'vigie-test-')),
      await new RecordingIntake().open(),
    )
  }

  get path(): string {
    return join(this.folder, 'app.log')
  }

  /** Starts an agent with `logs` in a file of `conf.d`. */
  async start(
    logs: readonly object[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Vigie> {
    await mkdir(join(this.folder, 'conf.d', 'app.d'), { recursive: true })
    await writeFile(join(this.folder, 'conf.d', 'app.d', 'conf.yaml'), JSON.stringify({ logs }))
    return startVigie(['agent'], {
      dataDir: this.folder,
      env: {
        VIGIE_SERVER_URL: this.intake.url,
        DD_API_KEY: '0'.repeat(32),
        DD_CONFD_PATH: join(this.folder, 'conf.d'),
        VIGIE_LOGS_POD_LOGS_PATH: '/nonexistent',
        ...env,
      },
    })
  }

  /** The messages, once there are so many. */
  async messages(count: number, withinMs = 20_000): Promise<readonly string[]> {
    const { intake } = this
    await waitUntil(`${count} lines`, withinMs, () => countReceived(intake) >= count)
    return receivedMessages(intake)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.intake[Symbol.asyncDispose]()
    await rm(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

const numbers = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_one, n) => `line ${from + n}`)

const fileText = (from: number, to: number): string =>
  numbers(from, to)
    .map((line) => `${line}\n`)
    .join('')

/** Whether somebody listens on a UDP port of this machine. @see proc_net_udp(5): the local address is `IP:PORT` in hexadecimal */
async function isBound(port: number): Promise<boolean> {
  const hexadecimal = port.toString(16).toUpperCase().padStart(4, '0')
  return (await readFile('/proc/net/udp', 'utf8')).includes(`:${hexadecimal} 00000000:0000`)
}

/** Blocks that were refused may come after those behind them. */
function byNumber(lines: readonly string[]): readonly string[] {
  return lines.toSorted((a, b) => Number(a.slice('line '.length)) - Number(b.slice('line '.length)))
}

const fromBeginning = ({ path }: Place): object => ({
  type: 'file',
  path,
  start_position: 'beginning',
})

describe('a log file', { concurrency: 3 }, () => {
  test('goes on where it was after a restart, and is read anew without the pointer file', async () => {
    await using place = await Place.open()
    await writeFile(place.path, fileText(0, 100))
    await using first = await place.start([fromBeginning(place)])
    await place.messages(100)
    await first.stop()
    await appendFile(place.path, fileText(100, 200))
    await using second = await place.start([fromBeginning(place)])
    assert.deepEqual(await place.messages(200), numbers(0, 200))
    await second.stop()
    await rm(join(place.folder, 'agent', 'registry.json'))
    await using third = await place.start([fromBeginning(place)])
    assert.deepEqual((await place.messages(400)).slice(200), numbers(0, 200))
    assert.equal(third.process.exitCode, null)
  })

  test('is read whole when it is renamed, deleted or cut while the server is away', async () => {
    await using place = await Place.open()
    await writeFile(place.path, fileText(0, 10))
    await using agent = await place.start([fromBeginning(place)])
    await place.messages(10)
    place.intake.nextStatus = () => 503
    await appendFile(place.path, fileText(10, 20))
    await rename(place.path, `${place.path}.1`)
    await writeFile(place.path, fileText(20, 30))
    await waitUntil('the new file is open', 30_000, () =>
      hasOpen(agent.process.pid ?? 0, place.path),
    )
    await rm(place.path)
    await writeFile(place.path, fileText(30, 40))
    await waitUntil('lines have been refused', 30_000, () =>
      place.intake.received.some(({ status }) => status === 503),
    )
    place.intake.nextStatus = () => 202
    assert.deepEqual(byNumber(await place.messages(40)), numbers(0, 40))
    await truncate(place.path, 0)
    await appendFile(place.path, fileText(40, 45))
    assert.deepEqual(byNumber(await place.messages(45)), numbers(0, 45))
  })

  test('that a wildcard names is found when it appears', async () => {
    await using place = await Place.open()
    const path = join(place.folder, 'web', '*.log')
    await using agent = await place.start([
      { type: 'file', path, exclude_paths: [path.replace('*', 'no')] },
    ])
    await waitUntil('the agent runs', 30_000, () => place.intake.received.length > 0)
    await mkdir(join(place.folder, 'web'))
    await writeFile(join(place.folder, 'web', 'no.log'), 'left out\n')
    await writeFile(join(place.folder, 'web', 'a.log'), 'found\n')
    assert.deepEqual(await place.messages(1), ['found'])
    assert.equal(agent.process.exitCode, null)
  })
})

// By itself: it keeps this process busy, too.
describe('a log file of many lines', () => {
  const parts = 21
  const partLines = 40_000

  test('waits on the disk while the server is slow or refuses, and memory stays bounded', async (t) => {
    await using place = await Place.open()
    const padding = 'x'.repeat(200)
    const part = (n: number): string =>
      fileText(n * partLines, (n + 1) * partLines).replaceAll('line', `line ${padding}`)
    await writeFile(place.path, part(0))
    place.intake.nextStatus = () => (Math.random() < 0.7 ? 503 : 429)
    await using agent = await place.start([fromBeginning(place)], { VIGIE_LOGS_IN_FLIGHT: '1MiB' })
    for (let n = 1; n < parts; n += 1) await appendFile(place.path, part(n))
    await waitUntil('twenty refusals', 10_000, () => place.intake.received.length > 20)
    const status = await readFile(`/proc/${agent.process.pid}/status`, 'utf8')
    const peakMebibytes = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024
    assert.ok(peakMebibytes < 260, `${peakMebibytes} MiB`)
    place.intake.received.length = 0
    place.intake.nextStatus = () => 202
    // A block whose answer came too late for the agent comes twice.
    await waitUntil('all lines', 50_000, () => {
      if (countReceived(place.intake) < parts * partLines) return false
      return new Set(receivedMessages(place.intake)).size === parts * partLines
    })
    t.diagnostic(`${countReceived(place.intake) - parts * partLines} lines came twice`)
  })
})

describe('lines over the network', () => {
  test('come by TCP and UDP', async () => {
    await using place = await Place.open()
    const [tcp, udp] = [await findFreePort(), await findFreePort()]
    await using agent = await place.start([
      { type: 'tcp', port: tcp, service: 'legacy' },
      { type: 'udp', port: udp },
    ])
    const stream = await waitUntil('the TCP port', 30_000, async () => {
      const socket = connect(tcp, '127.0.0.1')
      return once(socket, 'connect').then(
        () => socket,
        () => undefined,
      )
    })
    stream.end('one\ntwo\n')
    await waitUntil('the UDP port', 30_000, () => isBound(udp))
    const socket = createSocket('udp4')
    socket.send('three\n', udp, '127.0.0.1')
    const found = await place.messages(3)
    socket.close()
    assert.deepEqual(
      [...found].toSorted((a, b) => (a < b ? -1 : 1)),
      ['one', 'three', 'two'],
    )
    assert.equal(agent.process.exitCode, null)
  })
})

describe('the log of a container', () => {
  let engine: PrivateEngine

  before(async () => {
    engine = await startPrivateEngine({ daemonOptions: ['--live-restore'] })
  })

  after(async () => engine[Symbol.asyncDispose]())

  const startAt = (place: Place, env: Readonly<Record<string, string>> = {}): Promise<Vigie> =>
    place.start([], { DOCKER_HOST: engine.dockerHost, ...env })

  test('is read whole though the engine rotates it away while the server is away', async () => {
    await using place = await Place.open()
    await using agent = await startAt(place)
    await waitUntil('the agent runs', 30_000, () => place.intake.received.length > 0)
    place.intake.nextStatus = () => 503
    const writer = await engine.run({
      command: ['sh', '-c', `sleep 1; ${print(4000)}`],
      hostConfig: rotating,
    })
    const file = await findLogFile(engine, writer.id)
    await waitUntil('the agent has it open', 30_000, () => hasOpen(agent.process.pid ?? 0, file))
    await engine.waitForEnd(writer.id)
    place.intake.nextStatus = () => 202
    const found = await place.messages(4000)
    assert.equal(agent.process.exitCode, null)
    // Blocks that were refused may come after those behind them.
    assert.deepEqual(
      found.map(Number).toSorted((a, b) => a - b),
      Array.from({ length: 4000 }, (_one, n) => n),
    )
  })

  test('goes on when the engine was lost and is back', async () => {
    await using place = await Place.open()
    await using agent = await startAt(place)
    const { id } = await engine.run({
      name: uniqueName('logs'),
      command: [
        'sh',
        '-c',
        `echo before; while [ ! -e /go ]; do sleep 0.1; done; echo after; sleep 1000`,
      ],
    })
    await waitUntil('the first line', 30_000, () =>
      receivedMessages(place.intake).includes('before'),
    )
    await engine.crash()
    await engine.startAgain()
    await engine.docker('exec', id, 'touch', '/go')
    await waitUntil('the line after', 30_000, () =>
      receivedMessages(place.intake).includes('after'),
    )
    assert.equal(receivedMessages(place.intake).filter((line) => line === 'before').length, 1)
    assert.equal(agent.process.exitCode, null)
    await engine.remove(id)
  })

  test('is asked of the engine where its files are not to be read, and goes on after a restart', async () => {
    await using place = await Place.open()
    const env = { DD_LOGS_CONFIG_DOCKER_CONTAINER_USE_FILE: 'false' }
    await using first = await startAt(place, env)
    const { id } = await engine.run({
      command: [
        'sh',
        '-c',
        `echo one; while [ ! -e /go ]; do sleep 0.1; done; echo two; sleep 1000`,
      ],
    })
    await waitUntil('the first line', 30_000, () => receivedMessages(place.intake).includes('one'))
    await first.stop()
    await engine.docker('exec', id, 'touch', '/go')
    await using second = await startAt(place, env)
    await waitUntil('the second line', 30_000, () => receivedMessages(place.intake).includes('two'))
    assert.equal(receivedMessages(place.intake).filter((line) => line === 'one').length, 1)
    assert.equal(second.process.exitCode, null)
    await engine.remove(id)
  })

  test('with a label that nobody can read is read all the same, and the status says so', async () => {
    await using place = await Place.open()
    await using agent = await startAt(place)
    const name = uniqueName('logs')
    await engine.run({
      name,
      command: ['sh', '-c', 'echo here; sleep 1000'],
      labels: { 'com.datadoghq.ad.logs': '[{"service": ' },
    })
    await waitUntil('the line', 30_000, () => receivedMessages(place.intake).includes('here'))
    await waitUntil('the sentence', 30_000, () => agent.output().includes(name))
    assert.match(agent.output(), /com\.datadoghq\.ad\.logs/)
  })
})

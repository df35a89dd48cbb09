import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  makeForwarderSettings,
  makeSinkContext,
  makeTelemetry,
  until,
  within,
} from '../../../test/agent/environment.ts'
import { makePoint } from '../../../test/agent/points.ts'
import { RecordingIntake, type Received } from '../../../test/agent/recording-intake.ts'
import { makeSketch } from '../../../test/agent/sketches.ts'
import { sampleLedger } from '../../../test/server/sample-ledger.ts'
import { sampleTotals } from '../../../test/server/sample-totals.ts'
import type { SinkContext } from '../../component/sink.ts'
import type { AgentReport } from '../../model/agent-report.ts'
import type { Inventory } from '../../model/container.ts'
import type { Event } from '../../model/event.ts'
import type { Batch } from '../../model/item.ts'
import type { Series, SeriesIdentity } from '../../model/series.ts'
import type { ServiceCheck } from '../../model/service-check.ts'
import type { Telemetry } from '../../telemetry/telemetry.ts'
import { BoundedQueue } from '../../pipeline/bounded-queue.ts'
import { KnownSeries } from '../../wire/datadog-series/known-series.ts'
import { walkSeries } from '../../wire/datadog-series/walk-series.ts'
import { decodeSketches } from '../../wire/datadog-sketches/decode-sketches.ts'
import server from './sink.ts'

interface Running extends AsyncDisposable {
  readonly telemetry: Telemetry
  /** Sends them together. */
  readonly send: (...batches: readonly Batch[]) => Promise<void>
  /** Sends them one after the other, each once the one before has become a payload, while none is delivered. */
  readonly keep: (...batches: readonly Batch[]) => Promise<void>
  /** Resolves once all that was sent has been delivered. */
  readonly untilEmpty: () => Promise<void>
  /** Ends the input and waits until the sink has returned. */
  readonly end: () => Promise<void>
  readonly reachDeadline: () => void
  readonly dropped: () => Readonly<Record<string, number>>
}

function run(intake: RecordingIntake, change: Partial<SinkContext> = {}): Running {
  const deadline = new AbortController()
  const telemetry = makeTelemetry()
  const waiting = (): number => telemetry.snapshot().endpoints[0]?.waiting ?? 0
  const context = { serverUrl: intake.url, deadline: deadline.signal, telemetry, ...change }
  const input = new BoundedQueue<Batch>(100)
  const running = server.run({}, input, makeSinkContext(context))
  const send = async (...batches: readonly Batch[]): Promise<void> => {
    for (const batch of batches) assert.ok(await input.push(batch, 0))
  }
  return {
    telemetry,
    send,
    async keep(...batches) {
      for (const batch of batches) {
        const before = handedOver(telemetry)
        await send(batch)
        await until(() => handedOver(telemetry) > before)
      }
    },
    async untilEmpty() {
      await until(() => handedOver(telemetry) > 0 && waiting() === 0)
    },
    async end() {
      input.close()
      await within(5000, running)
    },
    reachDeadline: () => deadline.abort(),
    dropped: () => telemetry.snapshot().dropped,
    async [Symbol.asyncDispose]() {
      deadline.abort()
      input.close()
      await running
    },
  }
}

/** Payloads that the sink has made so far. */
function handedOver(telemetry: Telemetry): number {
  const [endpoint] = telemetry.snapshot().endpoints
  return endpoint === undefined ? 0 : endpoint.waiting + endpoint.delivered + endpoint.dropped
}

/** A batch of one service check; its name tells batches apart on the other side. */
function check(name: string): [ServiceCheck] {
  const timeMs = 1_795_189_550_000
  return [{ kind: 'service-check', name, status: 0, message: '', timeMs, host: 'box-1', tags: [] }]
}

/** Names of the checks of each request. */
function namesOf(received: readonly Received[]): readonly string[] {
  return received.map(({ body }) => {
    const list: { check: string }[] = JSON.parse(String(body))
    return list.map((one) => one.check).join(' ')
  })
}

const event: Event = {
  kind: 'event',
  title: 'busybox 1 die',
  text: '',
  timeMs: 1_795_189_550_000,
  alertType: 'info',
  priority: 'normal',
  aggregationKey: '',
  source: 'docker',
  host: 'box-1',
  tags: [],
}
const inventory: Inventory = {
  kind: 'inventory',
  host: 'box-1',
  timeMs: 1_795_189_550_000,
  isFull: true,
  containers: [],
  removedIds: [],
}
const report: AgentReport = {
  kind: 'agent-report',
  host: 'box-1',
  timeMs: 1_795_189_550_000,
  version: '0',
  pid: 1,
  startedAtMs: 0,
  cpuRatio: 0,
  rssBytes: 0,
  sources: [],
  dropped: {},
  bufferedBytes: 0,
  hostFacts: { cpuCount: 1, memoryBytes: 1, os: '', kernel: '', cgroupVersion: 'v2' },
}

const wantedRoutes = [
  ['/api/vigie/v1/report', 'application/json'],
  ['/api/v2/series', 'application/x-protobuf'],
  ['/api/beta/sketches', 'application/x-protobuf'],
  ['/intake/', 'application/json'],
  ['/api/v1/check_run', 'application/json'],
] as const

describe('the sink server', { timeout: 60_000, concurrency: true }, () => {
  test('sends each kind to its route', async () => {
    await using intake = await new RecordingIntake().open()
    await using sink = run(intake)
    const point = makePoint(42)
    const totals = sampleTotals('a')
    const ledger = sampleLedger()
    const sketch = makeSketch([1, 2, 3])
    await sink.send([
      point,
      sketch,
      event,
      ...check('docker.service_up'),
      inventory,
      totals,
      ledger,
      report,
    ])
    await sink.end()
    // Over several connections they arrive in any order.
    const received = wantedRoutes.flatMap(([wanted]) =>
      intake.received.filter(({ route }) => route === wanted),
    )
    assert.equal(received.length, intake.received.length)
    assert.deepEqual(
      received.map(({ route, headers }) => [route, headers['content-type']]),
      wantedRoutes.flatMap((wanted, at) => (at === 0 ? [wanted, wanted] : [wanted])),
    )
    for (const { headers } of intake.received) {
      assert.equal(headers['content-encoding'], 'zstd')
      assert.equal(headers['dd-api-key'], 'test-key')
      assert.equal(headers['user-agent'], 'vigie/0.0.0-test')
    }
    const [first, second, series, sketches, events, checked] = received.map(({ body }) => body)
    assert.ok(first && second && series && sketches && events && checked)
    const [told, how] = [first, second]
      .map((body) => JSON.parse(String(body)))
      .toSorted((a, b) => a.agentReports.length - b.agentReports.length)
    const lasting = { inventories: [inventory], totals: [totals], ledgers: [ledger] }
    assert.deepEqual(told, { ...lasting, agentReports: [], processes: [] })
    const nothing = { inventories: [], totals: [], ledgers: [] }
    assert.deepEqual(how, { ...nothing, agentReports: [report], processes: [] })
    const read = walkSeries(series, new KnownSeries<Series>(100_000), (one) => one)
    assert.deepEqual([read.length, read.values[0], read.series[0]], [1, 42, point.series])
    const known = new KnownSeries<SeriesIdentity>(100_000)
    const [values] = decodeSketches(sketches, known, (one) => one)
    assert.deepEqual([values?.series, values?.count], [sketch.series, 3])
    assert.equal(JSON.parse(String(events)).events.docker[0].msg_title, 'busybox 1 die')
    assert.equal(JSON.parse(String(checked))[0].check, 'docker.service_up')
    assert.deepEqual(sink.dropped(), {})
  })

  test('puts what comes at the same moment in one request, in its order', async () => {
    await using intake = await new RecordingIntake().open()
    await using sink = run(intake)
    await sink.send(check('a'), check('b'), check('c'))
    await sink.end()
    assert.deepEqual(namesOf(intake.received), ['a b c'])
  })

  test('sends what it was given last, although the input ends at once', async () => {
    await using intake = await new RecordingIntake().open()
    await using sink = run(intake)
    await sink.send(check('last'))
    await sink.end()
    assert.deepEqual(namesOf(intake.received), ['last'])
  })

  test('does not wait for an answer before it sends the next', async () => {
    await using intake = await new RecordingIntake().open()
    intake.nextStatus = () => undefined
    await using sink = run(intake, { forwarder: makeForwarderSettings({ timeoutMs: 60_000 }) })
    await sink.keep(check('a'), check('b'), check('c'))
    while (intake.received.length < 3) await intake.nextRequest()
    assert.deepEqual(namesOf(intake.received).toSorted(), ['a', 'b', 'c'])
  })

  test('has at most eight requests on their way, over connections that are kept', async () => {
    await using intake = await new RecordingIntake().open()
    await intake.close()
    await using sink = run(intake)
    const names = Array.from({ length: 12 }, (_one, at) => `n${at + 10}`)
    await sink.keep(...names.map((name) => check(name)))
    await intake.open()
    await sink.end()
    assert.deepEqual(namesOf(intake.received).toSorted(), names)
    assert.ok(intake.connections <= 8, `${intake.connections} connections`)
  })

  test('delivers all that came while the server was away, each once', async () => {
    await using intake = await new RecordingIntake().open()
    await using sink = run(intake)
    await sink.send(check('before'))
    await sink.untilEmpty()
    await intake.close()
    await sink.keep(check('away-1'), check('away-2'), check('away-3'))
    assert.ok(sink.telemetry.snapshot().bufferedBytes > 50)
    await intake.open()
    await sink.end()
    const names = namesOf(intake.received).toSorted()
    assert.deepEqual(names, ['away-1', 'away-2', 'away-3', 'before'])
    assert.deepEqual(sink.dropped(), {})
    assert.equal(sink.telemetry.snapshot().bufferedBytes, 0)
  })

  test('sends what was told of containers while the server was away in its order', async () => {
    await using intake = await new RecordingIntake().open()
    await intake.close()
    await using sink = run(intake)
    const times = [1, 2, 3].map((second) => inventory.timeMs + second * 1000)
    await sink.keep(...times.map((timeMs): Batch => [{ ...inventory, timeMs }]))
    await intake.open()
    await sink.end()
    const [first] = intake.received.map(({ body }) => JSON.parse(String(body)).inventories[0])
    assert.equal(first.timeMs, times[0])
    assert.equal(intake.received.length, 3)
  })

  test('keeps only the newest of what the agent says of itself', async () => {
    await using intake = await new RecordingIntake().open()
    await intake.close()
    await using sink = run(intake)
    await sink.send([{ ...report, pid: 1 }], check('a'))
    await until(() => sink.telemetry.snapshot().endpoints[0]?.waiting === 2)
    await sink.send([{ ...report, pid: 2 }], check('b'))
    await until(() => sink.telemetry.snapshot().endpoints[0]?.waiting === 3)
    await intake.open()
    await sink.end()
    const bodies: { agentReports?: AgentReport[] }[] = intake.received.map(({ body }) =>
      JSON.parse(String(body)),
    )
    const pids = bodies.flatMap(({ agentReports = [] }) => agentReports.map(({ pid }) => pid))
    assert.deepEqual(pids, [2])
    assert.deepEqual(sink.dropped(), {})
  })

  test('tells the name that the server gives this agent, if it is another', async () => {
    await using intake = await new RecordingIntake().open()
    const names: string[] = []
    await using sink = run(intake, { onHostName: (name) => names.push(name) })
    intake.answerHeaders = { 'x-vigie-host': 'box-1' }
    await sink.send([report])
    await sink.untilEmpty()
    intake.answerHeaders = { 'x-vigie-host': 'box-1-2' }
    await sink.send([report])
    await sink.end()
    assert.deepEqual(names, ['box-1-2'])
  })

  test('tells which containers somebody looks at, also when nobody does any more', async () => {
    await using intake = await new RecordingIntake().open()
    const told: (readonly string[])[] = []
    await using sink = run(intake, { onWatched: (ids) => told.push(ids) })
    for (const watched of ['a,b', '']) {
      intake.answerHeaders = { 'x-vigie-watched': watched }
      await sink.send([report])
      await sink.untilEmpty()
    }
    await sink.end()
    assert.deepEqual(told, [['a', 'b'], []])
  })

  for (const status of [500, 429, 403, 404]) {
    test(`tries again when the server answers ${status}`, async () => {
      await using intake = await new RecordingIntake().open()
      intake.nextStatus = () => (intake.received.length === 0 ? status : 202)
      await using sink = run(intake)
      await sink.send(check('first'))
      await sink.end()
      assert.deepEqual(namesOf(intake.received), ['first', 'first'])
      assert.deepEqual(sink.dropped(), {})
    })
  }

  for (const status of [400, 413, 415, 422]) {
    test(`gives a payload up that the server answers ${status}, and counts it`, async () => {
      await using intake = await new RecordingIntake().open()
      intake.nextStatus = () => (intake.received.length === 0 ? status : 202)
      await using sink = run(intake)
      await sink.send([...check('bad'), ...check('bad')])
      await intake.nextRequest()
      await sink.send(check('good'))
      await sink.end()
      assert.deepEqual(namesOf(intake.received), ['bad bad', 'good'])
      assert.deepEqual(sink.dropped(), { [`server.refused_${status}`]: 2 })
    })
  }

  test('asks a server that fails with one request at a time', async () => {
    await using intake = await new RecordingIntake().open()
    intake.nextStatus = () => 503
    await using sink = run(intake)
    await sink.keep(check('first'), check('second'), check('third'))
    while (intake.received.length < 4) await intake.nextRequest()
    assert.equal(intake.mostAtATime, 1)
  })

  test('tries again when the server does not answer in time', async () => {
    await using intake = await new RecordingIntake().open()
    intake.nextStatus = () => (intake.received.length === 0 ? undefined : 202)
    await using sink = run(intake, { forwarder: makeForwarderSettings({ timeoutMs: 100 }) })
    await sink.send(check('first'))
    await sink.end()
    const [unanswered, again] = intake.received
    assert.deepEqual([unanswered?.status, again?.status], [0, 202])
    assert.deepEqual(sink.dropped(), {})
  })

  test('drops the oldest when its memory is full, and counts them', async () => {
    await using intake = await new RecordingIntake().open()
    await intake.close()
    const names = Array.from({ length: 15 }, (_one, at) => `n${at + 10}`)
    await using sink = run(intake, { forwarder: makeForwarderSettings({ memoryBytes: 600 }) })
    await sink.keep(...names.map((name) => check(name)))
    assert.ok(sink.telemetry.snapshot().bufferedBytes <= 600)
    await intake.open()
    await sink.end()
    const kept = namesOf(intake.received).toSorted()
    const dropped = names.filter((name) => !kept.includes(name))
    assert.ok(kept.length >= 3 && dropped.length >= 3, `kept ${kept.join()}`)
    // The oldest of all was on its way and may be there still; of the others the newest are kept.
    assert.deepEqual(kept.slice(1), names.slice(1 - kept.length))
    assert.deepEqual(sink.dropped(), { 'server.buffer_full': dropped.length })
  })

  test('returns at the deadline and counts what it could not deliver', async () => {
    await using intake = await new RecordingIntake().open()
    intake.nextStatus = () => (intake.received.length === 0 ? 202 : undefined)
    await using sink = run(intake, { forwarder: makeForwarderSettings({ timeoutMs: 60_000 }) })
    await sink.send(check('delivered'))
    await intake.taken(1)
    await sink.send([...check('lost'), ...check('lost'), event])
    await intake.nextRequest()
    sink.reachDeadline()
    await within(1000, sink.end())
    assert.deepEqual(sink.dropped(), { 'server.undelivered_at_stop': 3 })
    assert.equal(sink.telemetry.snapshot().bufferedBytes, 0)
  })

  test('uses the key that there is at each try', async () => {
    await using intake = await new RecordingIntake().open()
    let key: string | undefined
    intake.nextStatus = () => {
      const status = key === undefined ? 403 : 202
      key = 'appeared-later'
      return status
    }
    await using sink = run(intake, { apiKey: () => key })
    await sink.send(check('one'))
    await sink.end()
    assert.deepEqual(
      intake.received.map(({ headers }) => headers['dd-api-key']),
      ['', 'appeared-later'],
    )
  })

  test('goes on when the key is none that could be sent', async () => {
    await using intake = await new RecordingIntake().open()
    const keys = ['two\nlines', 'good']
    await using sink = run(intake, { apiKey: () => keys.shift() })
    await sink.send(check('one'))
    await sink.end()
    assert.deepEqual(
      intake.received.map(({ headers }) => headers['dd-api-key']),
      ['good'],
    )
  })

  test('counts what cannot be encoded, and sends what comes next', async () => {
    await using intake = await new RecordingIntake().open()
    await using sink = run(intake)
    const toJSON = (): never => {
      throw new Error('not this one')
    }
    await sink.send([{ ...event, tags: Object.assign(['a'], { toJSON }) }])
    await until(() => Object.keys(sink.dropped()).length > 0)
    await sink.send(check('good'))
    await sink.end()
    assert.deepEqual(namesOf(intake.received), ['good'])
    assert.deepEqual(sink.dropped(), { 'server.unencodable': 1 })
  })
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeSinkContext } from '../../../test/agent/environment.ts'
import { makePoint, makeSeries } from '../../../test/agent/points.ts'
import { PlainIntake } from '../../../test/agent/plain-intake.ts'
import { makeSketch } from '../../../test/agent/sketches.ts'
import type { DatadogSettings } from '../../component/datadog-settings.ts'
import type { SinkContext } from '../../component/sink.ts'
import type { AgentReport } from '../../model/agent-report.ts'
import type { Batch, Item } from '../../model/item.ts'
import type { Series } from '../../model/series.ts'
import { KnownSeries } from '../../wire/datadog-series/known-series.ts'
import { walkSeries } from '../../wire/datadog-series/walk-series.ts'
import sink from './sink.ts'

const apiKey = 'planted-key-0123456789abcdef0123'

async function* inputOf(...batches: Batch[]): AsyncGenerator<Batch, void, void> {
  yield* batches
}

function contextFor(
  intakes: readonly PlainIntake[],
  change: Partial<DatadogSettings> = {},
): SinkContext {
  const { datadog, ...context } = makeSinkContext()
  const destinations = intakes.map(({ url }) => ({ url: `${url}/datadog`, apiKey }))
  return { ...context, datadog: { ...datadog, destinations, ...change } }
}

/** Runs the sink on one batch until all is delivered. */
async function send(items: readonly Item[], context: SinkContext, config = {}): Promise<void> {
  await sink.run(sink.config.parse(config), inputOf(items), context)
}

/** A second apart from the last second of an interval on, as what a source reads. */
function readings(series: Series, values: readonly number[]): Item[] {
  return values.map((value, at) =>
    makePoint(value, { series, timeMs: 1_795_000_005_000 + at * 1000 }),
  )
}

const service = {
  kind: 'service-check',
  name: 'docker.service_up',
  status: 0,
  message: '',
  timeMs: 1_795_000_005_000,
  host: 'box-1',
  tags: [],
} as const
const happening = {
  kind: 'event',
  title: 'busybox 1 die',
  text: 'DIE',
  timeMs: 1_795_000_005_000,
  alertType: 'info',
  priority: 'normal',
  aggregationKey: '',
  source: 'docker',
  host: 'box-1',
  tags: [],
} as const

describe('the sink datadog', { timeout: 60_000 }, () => {
  test('sends each kind to its route, with what the Agent says of itself', async () => {
    await using intake = await new PlainIntake().open()
    const point = makePoint(1)
    await send([point, makeSketch([1]), happening, service], contextFor([intake]))
    const posts = intake.received.filter(({ method }) => method === 'POST')
    const routes = posts.map(({ route, headers }) => [
      route,
      headers['content-type'],
      headers['dd-agent-payload'],
    ])
    assert.deepEqual(
      routes.toSorted(([one], [other]) => String(one).localeCompare(String(other))),
      [
        ['/datadog/api/beta/sketches', 'application/x-protobuf', 'v5.0.174'],
        ['/datadog/api/v1/check_run', 'application/json', undefined],
        ['/datadog/api/v2/series', 'application/x-protobuf', 'v5.0.174'],
        ['/datadog/intake/', 'application/json', undefined],
      ],
    )
    for (const { headers } of posts) {
      assert.equal(headers['dd-api-key'], apiKey)
      assert.equal(headers['dd-agent-version'], '7.74.0')
      assert.equal(headers['user-agent'], 'datadog-agent/7.74.0 vigie/0.0.0-test')
      assert.equal(headers['content-encoding'], 'zstd')
    }
  })

  test('thins what comes each second, and sends the same to all destinations', async () => {
    await using first = await new PlainIntake().open()
    await using second = await new PlainIntake().open()
    const values = Array.from({ length: 15 }, (_, at) => at + 1)
    const series = makeSeries({ metric: 'docker.cpu.usage', tags: ['container_name:web'] })
    const ended = readings(series, [...values, 100])
    await send(ended, contextFor([first, second]))
    for (const intake of [first, second]) {
      const [body] = intake.bodiesOf('/datadog/api/v2/series')
      const known = new KnownSeries<Series>(1_000_000)
      const read = walkSeries(body ?? Buffer.alloc(0), known, (one) => one)
      assert.deepEqual([...read.values].slice(0, read.length), [8, 100])
      assert.deepEqual(read.series[0], { ...series, intervalS: 15 })
    }
  })

  test('sends JSON of version 1 on demand, compressed as it is told', async () => {
    await using intake = await new PlainIntake().open()
    const v1 = { series: 'v1', compression: 'gzip', compressionLevel: 6 } as const
    await send([makePoint(2.5)], contextFor([intake], v1))
    const [body] = intake.bodiesOf('/datadog/api/v1/series')
    assert.deepEqual(JSON.parse(String(body)).series[0].points, [[1_795_000_000, 2.5]])
  })

  test('keeps metrics that Datadog does not know to ourselves, unless it is told otherwise', async () => {
    const own = makePoint(1, { series: makeSeries({ metric: 'vigie.agent.mem.rss' }) })
    for (const config of [{}, { exclude: [] }]) {
      const count = 'exclude' in config ? 1 : 0
      await using intake = await new PlainIntake().open()
      await send([own], contextFor([intake]), config)
      assert.equal(intake.bodiesOf('/datadog/api/v2/series').length, count)
    }
  })

  test('leaves out what is no number and what is too long, and counts the latter', async () => {
    await using intake = await new PlainIntake().open()
    const long = makePoint(1, { series: makeSeries({ tags: ['x'.repeat(1000)] }) })
    const context = contextFor([intake])
    const limits = { ...context.datadog.limits, seriesBytes: 500 }
    const datadog = { ...context.datadog, limits }
    await send([makePoint(Number.NaN), long, makePoint(3)], { ...context, datadog })
    const [body] = intake.bodiesOf('/datadog/api/v2/series')
    const known = new KnownSeries<Series>(1_000_000)
    assert.equal(walkSeries(body ?? Buffer.alloc(0), known, (one) => one).length, 1)
    assert.deepEqual(context.telemetry.snapshot().dropped, { 'datadog.too_long': 1 })
  })

  test('tells of the host as soon as the agent has told of itself', async () => {
    await using intake = await new PlainIntake().open()
    const context = contextFor([intake])
    await send([makeReport()], context)
    const [body] = intake.bodiesOf('/datadog/intake/')
    const told = JSON.parse(String(body))
    assert.equal(told.internalHostname, 'box-1')
    assert.equal(told.uuid, context.environment.agentId)
    assert.equal(told.agentVersion, '7.74.0+vigie.0.0.0-test')
    assert.equal(told['container-meta'].docker_version, '27.1')
    assert.ok(!String(body).includes(apiKey))
  })

  test('drains its input where nobody is to be sent to', async () => {
    const context = contextFor([])
    await send([makePoint(1), makeReport()], context)
    assert.deepEqual(context.telemetry.snapshot().endpoints, [])
    assert.equal(sink.openLogs?.(sink.config.parse({}), context), undefined)
  })
})

function makeReport(): AgentReport {
  return {
    kind: 'agent-report',
    host: 'box-1',
    timeMs: 1_795_000_005_000,
    version: '0.0.0-test',
    pid: 1,
    startedAtMs: 0,
    cpuRatio: 0,
    rssBytes: 0,
    sources: [],
    engine: { endpoint: '', isReachable: true, message: '', version: '27.1' },
    dropped: {},
    bufferedBytes: 0,
    hostFacts: { cpuCount: 2, memoryBytes: 1024, os: 'Debian', kernel: '6', cgroupVersion: 'v2' },
  }
}

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { uncompress } from 'snappyjs'
import { makeSinkContext, within } from '../../../test/agent/environment.ts'
import { PlainIntake } from '../../../test/agent/plain-intake.ts'
import { makePoint, makeSeries } from '../../../test/agent/points.ts'
import type { SinkContext } from '../../component/sink.ts'
import { formatLabels, makeLabels } from '../../model/prometheus/labels.ts'
import type { Batch } from '../../model/item.ts'
import { KnownSeries } from '../../wire/datadog-series/known-series.ts'
import { walkWriteRequest } from '../../wire/prometheus-write/walk-write-request.ts'
import remoteWrite from './sink.ts'

async function* inputOf(...batches: Batch[]): AsyncGenerator<Batch, void, void> {
  yield* batches
}

/** Sends the batches, and waits until the sink has returned. */
async function send(options: object, batches: readonly Batch[]): Promise<SinkContext> {
  const context = makeSinkContext()
  const config = remoteWrite.config.parse(options)
  await within(8000, remoteWrite.run(config, inputOf(...batches), context))
  return context
}

/** Series, seconds and value of all samples of a request. */
function samplesOf(body: Buffer): readonly unknown[] {
  const { points } = walkWriteRequest(uncompress(body), new KnownSeries<string>(4096), (labels) =>
    formatLabels(makeLabels(labels)),
  )
  return Array.from({ length: points.length }, (_, at) => [
    points.series[at],
    points.timesS[at],
    points.values[at],
  ])
}

describe('the sink remote-write', { timeout: 60_000 }, () => {
  test('posts what the specification wants, with token and headers', async () => {
    await using intake = await new PlainIntake().open()
    const series = makeSeries({ metric: 'docker.cpu.usage', tags: ['container_name:web'] })
    await send(
      {
        url: intake.url,
        bearer_token: 'token',
        headers: { 'X-Scope-OrgID': 'seven' },
        external_labels: { site: 'a' },
      },
      [[makePoint(12.5, { series })]],
    )
    const [taken] = intake.received
    assert.equal(taken?.route, '/api/v1/write')
    const expected = {
      'content-type': 'application/x-protobuf',
      'content-encoding': 'snappy',
      'x-prometheus-remote-write-version': '0.1.0',
      'user-agent': 'vigie/0.0.0-test',
      authorization: 'Bearer token',
      'x-scope-orgid': 'seven',
    }
    for (const [name, value] of Object.entries(expected)) assert.equal(taken.headers[name], value)
    assert.deepEqual(samplesOf(taken.body), [
      ['docker_cpu_usage{container_name="web", host="box-1", site="a"}', 1_795_000_000, 12.5],
    ])
  })

  test('posts to the path of the address where it has one', async () => {
    await using intake = await new PlainIntake().open()
    await send({ url: `${intake.url}/api/v1/push` }, [[makePoint(1)]])
    assert.equal(intake.received[0]?.route, '/api/v1/push')
  })

  test('thins what comes each second to a sample for each interval', async () => {
    await using intake = await new PlainIntake().open()
    const series = makeSeries({ metric: 'x' })
    const seconds = Array.from({ length: 31 }, (_, at) => 1_795_000_005 + at)
    const batches = seconds.map((second) => [makePoint(second, { series, timeMs: second * 1000 })])
    await send({ url: intake.url, interval: '15s' }, batches)
    const samples = intake.received.flatMap(({ body }) => samplesOf(body))
    assert.deepEqual(samples, [
      ['x{host="box-1"}', 1_795_000_005, 1_795_000_019],
      ['x{host="box-1"}', 1_795_000_020, 1_795_000_034],
      ['x{host="box-1"}', 1_795_000_035, 1_795_000_035],
    ])
  })

  test('sends no more than 2,000 samples in a request, one request after the other', async () => {
    await using intake = await new PlainIntake().open()
    const batch = Array.from({ length: 4500 }, (_, at) =>
      makePoint(at, { series: makeSeries({ metric: `m${at}` }) }),
    )
    await send({ url: intake.url }, [batch])
    const counts = intake.received.map(({ body }) => samplesOf(body).length)
    assert.deepEqual(counts, [2000, 2000, 500])
  })

  for (const status of [400, 401, 404, 413])
    test(`gives up what is answered with ${status}, as the specification says`, async () => {
      await using intake = await new PlainIntake().open()
      intake.answer = () => status
      const { telemetry } = await send({ url: intake.url }, [[makePoint(1)]])
      assert.equal(intake.received.length, 1)
      assert.deepEqual(telemetry.snapshot().dropped, { [`remote-write.refused_${status}`]: 1 })
    })

  for (const status of [429, 500, 503])
    test(`tries again after ${status}`, async () => {
      await using intake = await new PlainIntake().open()
      intake.answer = () => (intake.received.length < 3 ? status : 200)
      const { telemetry } = await send({ url: intake.url }, [[makePoint(1)]])
      assert.equal(intake.received.length, 3)
      assert.deepEqual(telemetry.snapshot().dropped, {})
    })

  test('keeps the order while the other side is in trouble', async () => {
    const batch = Array.from({ length: 4500 }, (_, at) =>
      makePoint(at, { series: makeSeries({ metric: `m${at}` }) }),
    )
    const bodiesTaken = async (troubles: number): Promise<readonly Buffer[]> => {
      await using intake = await new PlainIntake().open()
      intake.answer = () => (intake.received.length <= troubles ? 503 : 200)
      await send({ url: intake.url }, [batch])
      return intake.received.slice(troubles).map(({ body }) => body)
    }
    const inOrder = await bodiesTaken(0)
    assert.equal(inOrder.length, 3)
    assert.deepEqual(await bodiesTaken(2), inOrder)
  })

  test('sends nothing where no address is set', async () => {
    const { telemetry } = await send({}, [[makePoint(1)]])
    assert.deepEqual(telemetry.snapshot().endpoints, [])
    assert.deepEqual(telemetry.snapshot().dropped, {})
  })

  for (const [what, options] of [
    ['an address that is none', { url: 'prometheus:9090' }],
    ['a header with a line end', { headers: { 'X-A': 'b\r\nc: d' } }],
    ['a label that Prometheus would not take', { external_labels: { 'a-b': 'c' } }],
    ['an interval below a second', { interval: '100ms' }],
  ] as const)
    test(`refuses ${what}`, () => assert.throws(() => remoteWrite.config.parse(options)))
})

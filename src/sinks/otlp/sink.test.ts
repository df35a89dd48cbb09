import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeSinkContext, within } from '../../../test/agent/environment.ts'
import { makeBlock } from '../../../test/agent/log-blocks.ts'
import { PlainIntake } from '../../../test/agent/plain-intake.ts'
import { makePoint, makeSeries } from '../../../test/agent/points.ts'
import { makeSketch } from '../../../test/agent/sketches.ts'
import type { LogOutlet, SinkContext } from '../../component/sink.ts'
import type { Batch } from '../../model/item.ts'
import { decodeProto } from '../../wire/otlp/decode-proto.ts'
import { logsRequest, metricsRequest } from '../../wire/otlp/messages.ts'
import otlp from './sink.ts'

async function* inputOf(...batches: Batch[]): AsyncGenerator<Batch, void, void> {
  yield* batches
}

/** Sends the batches, and waits until the sink has returned. */
async function send(options: object, batches: readonly Batch[]): Promise<SinkContext> {
  const context = makeSinkContext()
  await within(8000, otlp.run(otlp.config.parse(options), inputOf(...batches), context))
  return context
}

/** Names of the metrics of a request, with how many points they have. */
function metricsOf(body: Buffer): readonly string[] {
  return decodeProto(body, metricsRequest, 'the OTLP metrics').resourceMetrics.flatMap(
    ({ scopeMetrics }) =>
      scopeMetrics.flatMap(({ metrics }) =>
        metrics.map(({ name, gauge, summary }) => {
          const { length } = gauge?.dataPoints ?? summary?.dataPoints ?? []
          return `${name} ${length}`
        }),
      ),
  )
}

function linesOf(body: Buffer): readonly unknown[] {
  return decodeProto(body, logsRequest, 'the OTLP logs').resourceLogs.flatMap(({ scopeLogs }) =>
    scopeLogs.flatMap(({ logRecords }) => logRecords.map((record) => record.body)),
  )
}

function openOutlet(
  options: object,
  change: Partial<SinkContext> = {},
): { outlet: LogOutlet; context: SinkContext } {
  const context = makeSinkContext(change)
  const outlet = otlp.openLogs?.(otlp.config.parse(options), context)
  assert.ok(outlet)
  return { outlet, context }
}

describe('the sink otlp', { timeout: 60_000 }, () => {
  test('posts metrics, compressed, below the path of the address', async () => {
    await using intake = await new PlainIntake().open()
    const sketch = makeSketch([1, 2])
    await send({ url: `${intake.url}/otlp/`, headers: { 'x-key': 'abc' } }, [
      [makePoint(1, { series: makeSeries({ metric: 'a' }) })],
      [sketch],
    ])
    const bodies = intake.bodiesOf('/otlp/v1/metrics')
    assert.deepEqual(bodies.flatMap(metricsOf), ['a 1', 'test.latency 1'])
    const headers = intake.received[0]?.headers ?? {}
    const expected = {
      'content-type': 'application/x-protobuf',
      'content-encoding': 'gzip',
      'user-agent': 'vigie/0.0.0-test',
      'x-key': 'abc',
    }
    for (const [name, value] of Object.entries(expected)) assert.equal(headers[name], value)
  })

  test('sends no more than 5,000 points in a request', async () => {
    await using intake = await new PlainIntake().open()
    const batch = Array.from({ length: 6000 }, (_, at) =>
      makePoint(at, { series: makeSeries({ metric: 'm', tags: [`at:${at}`] }) }),
    )
    await send({ url: intake.url }, [batch])
    const counts = intake.bodiesOf('/v1/metrics').flatMap(metricsOf)
    assert.deepEqual(counts.toSorted(), ['m 1000', 'm 5000'])
  })

  for (const status of [400, 401, 500, 501])
    test(`gives up what is answered with ${status}, as the specification says`, async () => {
      await using intake = await new PlainIntake().open()
      intake.answer = () => status
      const { telemetry } = await send({ url: intake.url }, [[makePoint(1)]])
      assert.equal(intake.received.length, 1)
      assert.deepEqual(telemetry.snapshot().dropped, { [`otlp.refused_${status}`]: 1 })
    })

  for (const status of [429, 502, 503, 504])
    test(`tries again after ${status}`, async () => {
      await using intake = await new PlainIntake().open()
      intake.answer = () => (intake.received.length < 3 ? status : 200)
      const { telemetry } = await send({ url: intake.url }, [[makePoint(1)]])
      assert.equal(intake.received.length, 3)
      assert.deepEqual(telemetry.snapshot().dropped, {})
    })

  test('sends no metrics where they are switched off', async () => {
    await using intake = await new PlainIntake().open()
    await send({ url: intake.url, metrics: false }, [[makePoint(1)]])
    assert.equal(intake.received.length, 0)
  })

  test('delivers log lines, again until they are taken', async () => {
    await using intake = await new PlainIntake().open()
    intake.answer = () => (intake.received.length < 3 ? 503 : 200)
    const { outlet } = openOutlet({ url: intake.url })
    const shipment = outlet.ship(makeBlock(['a', 'b', 'c']))
    assert.ok((await shipment.packed) > 0)
    assert.equal(await within(8000, shipment.settled), 'stored')
    assert.deepEqual(linesOf(intake.bodiesOf('/v1/logs').at(-1) ?? Buffer.alloc(0)), [
      'a',
      'b',
      'c',
    ])
    outlet.close()
  })

  test('counts log lines that are refused for good', async () => {
    await using intake = await new PlainIntake().open()
    intake.answer = () => 400
    const { outlet, context } = openOutlet({ url: intake.url })
    assert.equal(await within(8000, outlet.ship(makeBlock(['a', 'b'])).settled), 'refused')
    assert.deepEqual(context.telemetry.snapshot().dropped, { 'otlp.logs.refused_400': 2 })
    outlet.close()
  })

  test('leaves log lines to be read again when the agent stops before an answer', async () => {
    await using intake = await new PlainIntake().open()
    intake.answer = () => 503
    const { outlet } = openOutlet({ url: intake.url })
    const { settled } = outlet.ship(makeBlock(['a']))
    await intake.seen(1)
    outlet.close()
    await assert.rejects(settled, { code: 'STOPPED' })
  })

  test('takes no log lines where they are switched off, or no address is set', () => {
    for (const options of [{}, { url: 'http://127.0.0.1:9', logs: false }])
      assert.equal(otlp.openLogs?.(otlp.config.parse(options), makeSinkContext()), undefined)
  })
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { OTLPLogExporter as JsonLogs } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPLogExporter as ProtoLogs } from '@opentelemetry/exporter-logs-otlp-proto'
import { OTLPMetricExporter as JsonMetrics } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPMetricExporter as ProtoMetrics } from '@opentelemetry/exporter-metrics-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { openTestServer, testKey } from '../../test/server/open-test-server.ts'
import { logLevels } from '../model/log-level.ts'

const resource = resourceFromAttributes({ 'service.name': 'shop', 'host.name': 'node-1' })
const headers = { authorization: `Bearer ${testKey}` }

/** A server that was there before its senders, whatever their clocks say. */
const clock = (): number => Date.now() - 60_000

/** The SDK's times are whole milliseconds, and two readings of one time are one. */
function passMillisecond(): void {
  const beganMs = Date.now()
  while (Date.now() <= beganMs);
}

for (const [encoding, Metrics, Logs] of [
  ['protobuf', ProtoMetrics, ProtoLogs],
  ['JSON', JsonMetrics, JsonLogs],
] as const) {
  describe(`OpenTelemetry's own exporters in ${encoding}`, () => {
    test('have metrics stored as what they are', async () => {
      await using server = await openTestServer({ clock })
      const exporter = new Metrics({ url: `${server.url}/v1/metrics`, headers })
      const reader = new PeriodicExportingMetricReader({
        exporter,
        exportIntervalMillis: 3_600_000,
      })
      const provider = new MeterProvider({ resource, readers: [reader] })
      const meter = provider.getMeter('test')
      const requests = meter.createCounter('http.requests')
      const latency = meter.createHistogram('http.latency')
      requests.add(3, { route: '/a' })
      latency.record(7)
      latency.record(30)
      meter.createObservableGauge('queue').addCallback((result) => result.observe(1.5))
      meter.createUpDownCounter('open').add(-2)
      passMillisecond()
      await provider.forceFlush()
      requests.add(4, { route: '/a' })
      passMillisecond()
      await provider.forceFlush()
      passMillisecond()
      await provider.shutdown()

      const points = server.written.flatMap(({ points: own }) =>
        (own?.series ?? []).map(
          ({ metric, kind, host, tags }, n) =>
            `${metric} ${kind} ${host} ${tags.join()} ${own?.values[n]}`,
        ),
      )
      assert.deepEqual(points.slice(0, 3).toSorted(), [
        'http.requests count node-1 route:/a,service:shop 3',
        'open gauge node-1 service:shop -2',
        'queue gauge node-1 service:shop 1.5',
      ])
      assert.ok(points.slice(3).includes('http.requests count node-1 route:/a,service:shop 4'))
      const sketches = server.written.flatMap(({ sketches: own }) => own ?? [])
      assert.deepEqual(
        sketches.map(({ series, count, sum, min, max }) => [series.metric, count, sum, min, max]),
        [['http.latency', 2, 37, 7, 30]],
      )
    })

    test('have log records stored as lines', async () => {
      await using server = await openTestServer({ clock })
      const exporter = new Logs({ url: `${server.url}/v1/logs`, headers })
      const processors = [new SimpleLogRecordProcessor({ exporter })]
      const provider = new LoggerProvider({ resource, processors })
      provider.getLogger('test').emit({
        body: { order: 7, parts: ['a', 'b'] },
        severityText: 'WARN',
        attributes: { big: 9_007_199_254_740_991, nested: { deep: true } },
      })
      await provider.forceFlush()
      await provider.shutdown()

      const [block] = server.written.flatMap(({ logs }) => logs ?? [])
      assert.ok(block)
      assert.equal(Buffer.from(block.messages).toString(), '{"order":7,"parts":["a","b"]}')
      assert.equal(logLevels[block.levels[0] ?? 0], 'warn')
      assert.equal(block.runs[0]?.origin.service, 'shop')
      assert.deepEqual(JSON.parse(Buffer.from(block.attributes).toString()), {
        'otel.scope.name': 'test',
        big: '9007199254740991',
        'nested.deep': 'true',
        order: '7',
        parts: '["a","b"]',
      })
    })
  })
}

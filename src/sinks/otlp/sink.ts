import { z } from 'zod'
import { durationWithin } from '../../component/duration.ts'
import { defineSink } from '../../component/sink.ts'
import { encodeMetrics } from '../../wire/otlp/encode-metrics.ts'
import { drain } from '../drain.ts'
import { openForwarder } from '../forwarder/open-forwarder.ts'
import { thinInput, type Thinned } from '../thinning/thin-input.ts'
import { destinationOptions } from '../web-destination/options.ts'
import { OtlpLogOutlet } from './log-outlet.ts'
import { makePayload } from './make-payload.ts'
import { makeOtlpDestination } from './otlp-destination.ts'

/** Points and distributions of one request. */
const maxPoints = 5000

const config = z.strictObject({
  ...destinationOptions,
  url: destinationOptions.url.meta({
    description:
      'Where to send, without `/v1/metrics`: the address of a collector, such as http://127.0.0.1:4318. When unset, nothing is sent.',
  }),
  interval: durationWithin('1s', '1h').prefault('15s').meta({
    description: 'Time between two points of a metric that is read more often.',
  }),
  metrics: z.boolean().default(true).meta({ description: 'Whether metrics are sent.' }),
  logs: z.boolean().default(true).meta({
    description:
      'Whether log lines are sent. Then a line counts as delivered only once this destination has it, too.',
  }),
})

export default defineSink({
  name: 'otlp',
  about: 'Sends metrics and logs to an OpenTelemetry collector, or whoever takes OTLP over HTTP',
  config,
  async run(options, input, context) {
    const { url, metrics, interval: intervalMs } = options
    if (url === undefined || !metrics) {
      await drain(input)
      return
    }
    const { telemetry, clock, environment } = context
    const destination = makeOtlpDestination('otlp', { ...options, url }, context)
    const forwarder = openForwarder(destination, { settings: context.forwarder, ...context })
    const scope = { name: 'vigie', version: environment.version }
    try {
      await thinInput(input, {
        intervalMs,
        clock,
        name: 'otlp',
        telemetry,
        async send(thinned) {
          for (const piece of inPieces(thinned)) {
            const count = piece.points.length + piece.sketches.length
            forwarder.push(await makePayload('metrics', encodeMetrics(piece, scope), count))
          }
        },
      })
    } finally {
      await forwarder.finish()
    }
  },
  openLogs(options, context) {
    const { url, logs } = options
    if (url === undefined || !logs) return undefined
    return new OtlpLogOutlet(
      makeOtlpDestination('otlp.logs', { ...options, url }, context),
      context,
    )
  },
})

function* inPieces({ points, sketches }: Thinned): Generator<Thinned, void, void> {
  for (let at = 0; at < points.length; at += maxPoints)
    yield { points: points.slice(at, at + maxPoints), sketches: [] }
  for (let at = 0; at < sketches.length; at += maxPoints)
    yield { points: [], sketches: sketches.slice(at, at + maxPoints) }
}

import { z } from 'zod'
import { durationWithin } from '../../component/duration.ts'
import { defineSink, type SinkContext } from '../../component/sink.ts'
import {
  encodeWriteRequest,
  type WriteSeries,
} from '../../wire/prometheus-write/encode-write-request.ts'
import { drain } from '../drain.ts'
import type { Destination, Payload } from '../forwarder/forwarder.ts'
import { openForwarder } from '../forwarder/open-forwarder.ts'
import { thinInput } from '../thinning/thin-input.ts'
import { destinationOptions } from '../web-destination/options.ts'
import {
  clientFaultsExcept,
  makeHeaders,
  splitAddress,
} from '../web-destination/web-destination.ts'
import { WriteTranslator } from './write-translator.ts'

const name = 'remote-write'
/** Where Prometheus takes it. */
const usualPath = '/api/v1/write'
/** As many as Prometheus itself sends in one request. */
const maxSamples = 2000
const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/

const config = z.strictObject({
  ...destinationOptions,
  url: destinationOptions.url.meta({
    description: `Where to send: the address of a Prometheus, or of others with their own path; \`${usualPath}\` where it has none. When unset, nothing is sent.`,
  }),
  interval: durationWithin('1s', '1h').prefault('15s').meta({
    description: 'Time between two samples of a series that is read more often.',
  }),
  external_labels: z.record(z.string().regex(labelName), z.string()).default({}).meta({
    description: 'Labels of every series that has no label of that name.',
    allowed: 'a mapping of names of labels to texts',
  }),
})

export default defineSink({
  name,
  about:
    "Sends metrics by Prometheus' remote write, to Prometheus, Mimir, VictoriaMetrics and others",
  config,
  async run(options, input, context) {
    const { url } = options
    if (url === undefined) {
      await drain(input)
      return
    }
    const { telemetry, clock } = context
    const translator = new WriteTranslator({
      externalLabels: options.external_labels,
      clock,
      onLeftOut: (why, count) => telemetry.countDropped(`${name}.${why}`, count),
    })
    const { destination, route } = makeDestination({ ...options, url }, context)
    const forwarder = openForwarder(destination, {
      // None may overtake another on its way.
      settings: { ...context.forwarder, connections: 1 },
      ...context,
    })
    try {
      await thinInput(input, {
        intervalMs: options.interval,
        clock,
        name,
        telemetry,
        send(thinned) {
          for (const series of inPieces(translator.translate(thinned)))
            forwarder.push(makePayload(route, series))
        },
      })
    } finally {
      await forwarder.finish()
    }
  },
})

/** @see https://prometheus.io/docs/specs/prw/remote_write_spec/ for what is tried again */
function makeDestination(
  options: z.output<typeof config> & { readonly url: string },
  { environment }: SinkContext,
): { readonly destination: Destination; readonly route: string } {
  const { origin, path, credentials } = splitAddress(options.url)
  const headers = makeHeaders(options, credentials, `vigie/${environment.version}`)
  return {
    destination: {
      name,
      url: origin,
      headers: () => headers,
      // A sample that is older than the newest of its series is refused.
      isInOrder: true,
      finalStatuses: clientFaultsExcept([407, 429]),
    },
    route: path === '' ? usualPath : path,
  }
}

function makePayload(route: string, series: readonly WriteSeries[]): Payload {
  return {
    route,
    contentType: 'application/x-protobuf',
    contentEncoding: 'snappy',
    headers: { 'x-prometheus-remote-write-version': '0.1.0' },
    body: encodeWriteRequest(series),
    count: series.reduce((sum, { samples }) => sum + samples.length, 0),
    order: 'oldest-first',
  }
}

function* inPieces(all: readonly WriteSeries[]): Generator<readonly WriteSeries[], void, void> {
  let piece: WriteSeries[] = []
  let count = 0
  for (const series of all) {
    piece.push(series)
    count += series.samples.length
    if (count < maxSamples) continue
    yield piece
    piece = []
    count = 0
  }
  if (piece.length > 0) yield piece
}

import type { DatadogSettings } from '../../component/datadog-settings.ts'
import type { Event } from '../../model/event.ts'
import type { Point } from '../../model/series.ts'
import type { ServiceCheck } from '../../model/service-check.ts'
import type { Sketch } from '../../model/sketch.ts'
import { encodeChecks } from '../../wire/datadog-checks/encode-checks.ts'
import { encodeEvents } from '../../wire/datadog-events/encode-events.ts'
import { encodeAgentSeries } from '../../wire/datadog-series/encode-agent-series.ts'
import { encodeJsonSeries } from '../../wire/datadog-series/encode-json-series.ts'
import { encodeSketches } from '../../wire/datadog-sketches/encode-sketches.ts'
import type { Payload } from '../forwarder/forwarder.ts'
import { payloadVersion } from './agent-version.ts'
import type { Gathered } from './gathering.ts'
import { packItems, type Packing } from './pack-items.ts'

export interface PayloadOptions {
  readonly settings: DatadogSettings
  readonly hostname: string
  /** Told of each item that alone is too long for a body. */
  readonly onTooLong: () => void
}

/** One kind of items on the wire. */
interface Kind<Item> extends Pick<Packing<Item>, 'encode' | 'limits'> {
  readonly to: Pick<Payload, 'route' | 'contentType' | 'headers'>
}

const protobuf = {
  contentType: 'application/x-protobuf',
  // Intakes want to know the version of the messages.
  headers: { 'dd-agent-payload': payloadVersion },
}
const json = { contentType: 'application/json' }

/**
 * What was gathered as requests on the routes of the Datadog Agent, within the limits of the settings.
 * @see `comp/forwarder/defaultforwarder/endpoints/endpoints.go` of the Datadog Agent
 */
export async function makePayloads(
  { points, sketches, events, checks }: Gathered,
  options: PayloadOptions,
): Promise<readonly Payload[]> {
  const { settings, hostname } = options
  const limits = otherLimits(settings)
  const payloads = await Promise.all([
    pack(points, kindOfSeries(settings), options),
    pack<Sketch>(
      sketches,
      { to: { route: '/api/beta/sketches', ...protobuf }, encode: joinSketches, limits },
      options,
    ),
    pack<Event>(
      events,
      {
        to: { route: '/intake/', ...json },
        encode: (items) => Buffer.from(encodeEvents(items, hostname)),
        limits,
      },
      options,
    ),
    pack<ServiceCheck>(
      checks,
      {
        to: { route: '/api/v1/check_run', ...json },
        encode: (items) => Buffer.from(encodeChecks(items)),
        limits,
      },
      options,
    ),
  ])
  return payloads.flat()
}

async function pack<Item>(
  items: readonly Item[],
  { to, encode, limits }: Kind<Item>,
  { settings, onTooLong }: PayloadOptions,
): Promise<readonly Payload[]> {
  const packed = await packItems(items, { encode, limits, compression: settings, onTooLong })
  return packed.map((body) => ({ ...to, ...body }))
}

function kindOfSeries({ series, limits }: DatadogSettings): Kind<Point> {
  const within = {
    items: limits.seriesPoints,
    bytes: limits.seriesBytes,
    compressedBytes: limits.seriesCompressedBytes,
  }
  if (series === 'v2')
    return {
      to: { route: '/api/v2/series', ...protobuf },
      encode: encodeAgentSeries,
      limits: within,
    }
  return {
    to: { route: '/api/v1/series', ...json },
    encode: (points) => Buffer.from(encodeJsonSeries(points)),
    limits: within,
  }
}

function otherLimits({ limits }: DatadogSettings): Kind<never>['limits'] {
  return { items: Infinity, bytes: limits.bytes, compressedBytes: limits.compressedBytes }
}

/** Messages of protobuf behind each other are one, with all that any has in its lists. */
function joinSketches(sketches: readonly Sketch[]): Buffer {
  return Buffer.concat(Array.from(encodeSketches(sketches), ({ body }) => body))
}

import { freeBytes } from '../http/free-bytes.ts'
import { HttpError } from '../http/http-error.ts'
import type { HttpRoute } from '../http/route.ts'
import type { LiveTarget } from '../store/live-table.ts'
import { KnownSeries } from '../wire/datadog-series/known-series.ts'
import { seriesFromLabels, type Label } from '../wire/prometheus-write/series-from-labels.ts'
import { walkRequestV2 } from '../wire/prometheus-write/walk-request-v2.ts'
import { walkWriteRequest } from '../wire/prometheus-write/walk-write-request.ts'
import type { WriteBatch } from '../wire/prometheus-write/write-batch.ts'
import { defineIntakeRoute } from './define-intake-route.ts'
import { identifyExactly } from './identify-series.ts'
import type { Intake } from './intake.ts'
import { takePoints, type TakenPoints } from './take-points.ts'

/** Labels of about 200,000 series, for each version of the protocol. */
const knownBytes = 64 * 1024 * 1024

/** Prometheus' own place, the one of Cortex and Mimir, and the one beside our PromQL. */
const paths = ['/api/v1/write', '/api/v1/push', '/prometheus/api/v1/write']

/**
 * `POST /api/v1/write`: Prometheus' remote write, 1.0 and 2.0. What cannot be kept is counted by name; the answer is 400, so
 * that nobody sends it again, where samples have wrong labels or a wrong time, after the others are stored.
 * @see https://prometheus.io/docs/specs/prw/remote_write_spec_2_0/
 */
export function remoteWriteRoutes(intake: Intake): HttpRoute[] {
  const readers = new Map([
    ['prometheus.WriteRequest', { walk: walkWriteRequest<LiveTarget>, known: makeKnown() }],
    ['io.prometheus.write.v2.Request', { walk: walkRequestV2<LiveTarget>, known: makeKnown() }],
  ])
  return paths.map((path) =>
    defineIntakeRoute(intake, {
      path,
      mediaTypes: ['application/x-protobuf'],
      answer: {},
      status: 204,
      accept: async (body, _mediaType, { headers }) => {
        const message = messageOf(headers['content-type'] ?? '')
        const reader = readers.get(message)
        if (reader === undefined) throw unknownMessage(message, [...readers.keys()])
        const refused = new RefusedSeries(intake)
        const batch = reader.walk(body, reader.known, (labels) => refused.identify(labels))
        // Whatever was found in it is a copy, and storing it takes much longer.
        freeBytes(body)
        const taken = await takePoints(intake, batch.points, 1)
        countOthers(intake, batch)
        return answerOf(batch, taken, refused)
      },
    }),
  )
}

function makeKnown(): KnownSeries<LiveTarget> {
  return new KnownSeries(knownBytes)
}

/** `application/x-protobuf;proto=io.prometheus.write.v2.Request`; older senders name no message. */
function messageOf(contentType: string): string {
  return /;\s*proto=("?)([\w.]+)\1\s*(?:;|$)/i.exec(contentType)?.[2] ?? 'prometheus.WriteRequest'
}

/** Senders try an older version then. */
function unknownMessage(message: string, readable: readonly string[]): HttpError {
  return new HttpError(
    415,
    `Cannot read the body: it is ${message.slice(0, 100)}; ${readable.join(' and ')} can be read`,
  )
}

/** The series of one request that cannot be kept. */
class RefusedSeries {
  readonly #intake: Intake
  readonly #counts = new Map<string, number>()

  constructor(intake: Intake) {
    this.#intake = intake
  }

  identify(labels: readonly Label[]): LiveTarget | undefined {
    const series = seriesFromLabels(labels)
    if (typeof series === 'string') {
      this.#intake.counts.add(`series_dropped.${series}`, 1)
      this.#add(series === 'name' ? 'without a usable name' : 'with too many or wrong labels')
      return undefined
    }
    const target = identifyExactly(this.#intake, series)
    if (target === undefined) this.#add('for which there is no room')
    return target
  }

  /** `2 series without a usable name`; nothing when all were kept. */
  tell(): string[] {
    return [...this.#counts].map(([reason, count]) => `${count} series ${reason}`)
  }

  #add(reason: string): void {
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + 1)
  }
}

function countOthers(intake: Intake, batch: WriteBatch<LiveTarget>): void {
  intake.counts.add('stale_markers', batch.staleMarkers)
  intake.counts.add('native_histograms_ignored', batch.histograms)
  intake.counts.add('exemplars_ignored', batch.exemplars)
  intake.counts.add('metric_metadata_ignored', batch.metadata)
}

/**
 * Says what was written. NaN and infinity are right in Prometheus, and have no place here: they are counted, and are no
 * reason to call the request a bad one.
 * @throws {HttpError} 400 when there was something wrong with samples.
 */
function answerOf(
  batch: WriteBatch<LiveTarget>,
  { stored, dropped }: TakenPoints,
  refused: RefusedSeries,
): Readonly<Record<string, string>> {
  const headers = {
    'x-prometheus-remote-write-samples-written': String(stored + batch.staleMarkers),
    'x-prometheus-remote-write-histograms-written': '0',
    'x-prometheus-remote-write-exemplars-written': '0',
  }
  const faults = refused.tell()
  const old = dropped.get('old') ?? 0
  const future = dropped.get('future') ?? 0
  if (old > 0) faults.push(`${old} samples older than what is kept`)
  if (future > 0) faults.push(`${future} samples more than 10 minutes ahead`)
  if (faults.length === 0) return headers
  throw new HttpError(
    400,
    `Cannot keep all of it: ${faults.join(', ')}; the other ${stored} samples are stored`,
    headers,
  )
}

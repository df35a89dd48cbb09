import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Series } from '../../src/model/series.ts'
import { KnownSeries } from '../../src/wire/datadog-series/known-series.ts'
import { walkSeries } from '../../src/wire/datadog-series/walk-series.ts'
import { findFreePort } from '../agent/find-free-port.ts'
import { PlainIntake } from '../agent/plain-intake.ts'
import { startVictoriaMetrics } from './victoria-metrics.ts'
import { askSql, startVigie } from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

const intervalS = 5
/** A whole number of both our intervals and those of DogStatsD. */
const windowS = 20
const planted = 'planted-key-0123456789abcdef0123'

/** Values by Unix second of each series, which is written as `metric host tag tag …`. */
type SeriesValues = ReadonlyMap<string, ReadonlyMap<number, number>>

/** Somebody else's intake. */
interface Intake {
  readonly url: string
  readonly env: Readonly<Record<string, string>>
  readonly read: (fromS: number, toS: number) => Promise<SeriesValues>
}

describe('an agent that sends to us and to others', { concurrency: true }, () => {
  test('has all series in VictoriaMetrics as in our own store', async () => {
    await using victoria = await startVictoriaMetrics()
    await compare({
      url: victoria.datadogUrl,
      // That of Debian knows no version 2, and no zstd.
      env: { DD_USE_V2_API_SERIES: 'false', DD_SERIALIZER_COMPRESSOR_KIND: 'zlib' },
      read: async (fromS, toS) => {
        const all = await victoria.export('{__name__!=""}', fromS, toS)
        return new Map(all.map(({ labels, values }) => [nameOfLabels(labels), values]))
      },
    })
  })

  test('has all series in protobuf of version 2 as in our own store', async () => {
    await using intake = await new PlainIntake().open()
    await compare({
      url: intake.url,
      env: {},
      read: async (fromS, toS) => readProtobuf(intake, fromS, toS),
    })
  })
})

async function compare(intake: Intake): Promise<void> {
  const port = await findFreePort()
  await using vigie = await startVigie(['up'], {
    env: {
      DD_ADDITIONAL_ENDPOINTS: JSON.stringify({ [intake.url]: [planted] }),
      VIGIE_SINKS_DATADOG_INTERVAL: `${intervalS}s`,
      DD_TAGS: 'env:test team:shop',
      DD_DOGSTATSD_PORT: String(port),
      ...intake.env,
    },
  })
  const url = await vigie.url()
  const stopped = new AbortController()
  const sending = sendMetrics(port, stopped.signal)
  try {
    await waitUntil('the first second is stored', 30_000, async () => {
      const stored = await readOwn(url, 0, 2 ** 31)
      return stored.size > 0
    })
    const fromS = (Math.floor(Date.now() / 10_000) + 1) * 10
    const toS = fromS + windowS
    const theirs = await waitUntil('all has arrived', 90_000, async () => {
      const all = await intake.read(fromS, toS)
      const isWhole = (name: string, count: number): boolean =>
        [...all].some(([key, values]) => key.startsWith(`${name} `) && values.size === count)
      return isWhole('shop.orders', 2) && isWhole('system.uptime', windowS / intervalS) && all
    })
    assertSame(theirs, thin(await readOwn(url, fromS, toS)))
    assert.ok(!vigie.output().includes(planted))
  } finally {
    stopped.abort()
    await sending
  }
}

/** What a program tells each tenth of a second. */
async function sendMetrics(port: number, signal: AbortSignal): Promise<void> {
  const socket = createSocket('udp4')
  for (let at = 0; !signal.aborted; at += 1) {
    const lines = ['shop.orders:1|c|#kind:gift', `shop.queue:${at}|g`, 'shop.time:12|ms|#path:/']
    socket.send(lines.join('\n'), port, '127.0.0.1')
    await sleep(100, undefined, { signal }).catch(() => {})
  }
  socket.close()
}

function assertSame(theirs: SeriesValues, ours: SeriesValues): void {
  assert.deepEqual([...theirs.keys()].toSorted(byText), [...ours.keys()].toSorted(byText))
  assert.ok(ours.size > 20, `only ${ours.size} series`)
  for (const [name, values] of ours) {
    const found = theirs.get(name) ?? new Map()
    assert.deepEqual([...found.keys()], [...values.keys()], name)
    for (const [second, value] of values)
      assert.ok(isSame(found.get(second), value), `${name}: ${found.get(second)}, not ${value}`)
  }
}

/** VictoriaMetrics keeps 15 digits. */
function isSame(found: number, value: number): boolean {
  return Math.abs(found - value) <= 1e-12 * Math.abs(value)
}

function byText(one: string, other: string): number {
  return one < other ? -1 : 1
}

/** Rates that the source takes before it tells them as gauges. */
const rates = /^system\.(cpu|net|io)\./

/** What is to arrive of what we have of each second; DogStatsD tells each ten seconds, and is not thinned. */
function thin(all: SeriesValues): SeriesValues {
  return new Map(
    Array.from(all, ([name, values]) => {
      if (name.startsWith('shop.')) return [name, values] as const
      const intervals = Map.groupBy(values, ([second]) => second - (second % intervalS))
      const thinned = Array.from(intervals, ([second, points]) => {
        const numbers = points.map(([, value]) => value)
        const sum = numbers.reduce((total, value) => total + value, 0)
        return [second, rates.test(name) ? sum / numbers.length : (numbers.at(-1) ?? 0)] as const
      })
      return [name, new Map(thinned)] as const
    }),
  )
}

/** What our own store has of each second, but for what only we know. */
async function readOwn(url: string, fromS: number, toS: number): Promise<SeriesValues> {
  const rows = await askSql(
    url,
    `SELECT metric, host, tags, toUnixTimestamp(time), value FROM metrics
     WHERE time >= fromUnixTimestamp(${fromS}) AND time < fromUnixTimestamp(${toS})
       AND NOT startsWith(metric, 'vigie.') ORDER BY time`,
  )
  const values = new Map<string, Map<number, number>>()
  for (const [metric, host, tags, second, value] of rows) {
    const name = nameOf(String(metric), String(host), Array.isArray(tags) ? tags.map(String) : [])
    put(values, name, [Number(second), Number(value)])
  }
  return values
}

function readProtobuf(intake: PlainIntake, fromS: number, toS: number): SeriesValues {
  const values = new Map<string, Map<number, number>>()
  for (const body of intake.bodiesOf('/api/v2/series')) {
    const read = walkSeries(body, new KnownSeries<Series>(1_000_000), (series) => series)
    for (let at = 0; at < read.length; at += 1) {
      const [series, second = 0, value = 0] = [read.series[at], read.timesS[at], read.values[at]]
      if (series === undefined || second < fromS || second >= toS) continue
      put(values, nameOf(series.metric, series.host, series.tags), [second, value])
    }
  }
  return values
}

function put(
  all: Map<string, Map<number, number>>,
  name: string,
  [second, value]: readonly [number, number],
): void {
  const values = all.get(name) ?? new Map<number, number>()
  all.set(name, values.set(second, value))
}

/** Labels are tags, but for the name, the host, and what the Agent says of all metrics of checks. */
function nameOfLabels(labels: Readonly<Record<string, string>>): string {
  const { __name__: metric = '', host = '', source_type_name: _source, ...others } = labels
  const tags = Object.entries(others).map((pair) => pair.join(':'))
  return nameOf(metric, host, tags)
}

function nameOf(metric: string, host: string, tags: readonly string[]): string {
  return [metric, host, ...tags.toSorted(byText)].join(' ')
}

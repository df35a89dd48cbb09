import { openCatalogue } from '../../src/query/catalogue/open-catalogue.ts'
import { openHappenings } from '../../src/query/happenings/open-happenings.ts'
import { askExpressions } from '../../src/query/metrics/ask-expressions.ts'
import { openMetricReader } from '../../src/query/metrics/metric-reader.ts'
import { openPrometheus } from '../../src/query/prometheus/open-prometheus.ts'
import type { Store } from '../../src/store/open-store.ts'

const minuteMs = 60_000
/** More than questions name one by one, and more groups than are answered. */
const manySeries = 1100

/** Gives a store that `fillStore` has filled a metric of many series too. */
export async function fillManySeries(store: Store, endMs: number): Promise<void> {
  const series = Array.from({ length: manySeries }, (_, n) => {
    const identity = { metric: 'many', host: 'h', tags: [`n:${n}`] }
    const own = store.series.resolve({ ...identity, kind: 'count', intervalS: 10 })
    if (own === undefined) throw new Error('no room for a series')
    return own
  })
  await store.write({
    points: {
      series,
      timesMs: Float64Array.from(series, (_, n) => endMs - 5 * minuteMs + (n % 6) * 10_000),
      values: Float64Array.from(series, (_, n) => n),
    },
  })
  await store.rollUp()
}

/** What our own questions in every language say of it, each by its name. */
export async function askEverything(
  store: Store,
  endMs: number,
): Promise<Readonly<Record<string, unknown>>> {
  return {
    ...(await askMetrics(store, endMs)),
    ...(await askProm(store, endMs)),
    ...(await askCatalogue(store, endMs)),
    ...(await askHappenings(store, endMs)),
  }
}

/** Expressions, and the interval each is asked in, seconds: so much as the tables of points have, too. */
const expressions = [
  ['avg:m{*} by {n}', 1],
  ['max:m{n:1 OR n:2}.rollup(max)', 60],
  ['sum:m{host:h,!n:0}.as_rate()', 10],
  ['avg:m{n:*}.rollup(last)', 20],
  ['sum:many{*}.as_count()', 60],
  ['avg:many{*} by {n}', 10],
  ['avg:latency{*} by {n}', 60],
  ['count:latency{!n:1}', 10],
  ['p95:latency{*} by {n}', 60],
] as const

async function askMetrics(store: Store, endMs: number): Promise<Readonly<Record<string, unknown>>> {
  const answers: Record<string, unknown> = {}
  const reader = openMetricReader(store)
  for (const [text, intervalS] of expressions) {
    const asked = { fromMs: endMs - 24 * minuteMs, toMs: endMs, intervalS }
    answers[text] = await askExpressions(reader, text, asked)
  }
  return answers
}

const promQueries = [
  'm',
  'sum(many)',
  'rate(m[1m])',
  'increase(many[5m])',
  'sum by (n) (avg_over_time({__name__=~"m|é"}[2m]))',
  'quantile_over_time(0.9, m{n!="0"}[2m])',
  'last_over_time({n=~"[0-3]", __name__!~"é"}[10m])',
]

async function askProm(store: Store, endMs: number): Promise<Readonly<Record<string, unknown>>> {
  const answers: Record<string, unknown> = {}
  const prometheus = openPrometheus(store)
  const startMs = endMs - 20 * minuteMs
  for (const query of promQueries) {
    answers[query] = await prometheus.queryRange({ query, startMs, endMs, stepMs: 30_000 })
    answers[`${query} once`] = await prometheus.query({ query, timeMs: endMs - 9 * minuteMs })
  }
  const scope = {
    matcherLists: [
      [{ label: '__name__', operator: '=~', value: 'm|many' }],
      [{ label: 'n', operator: '=', value: '3' }],
    ],
    fromMs: startMs,
    limit: 2000,
  } as const
  return {
    ...answers,
    labelNames: await prometheus.labelNames({ ...scope, matcherLists: [] }),
    labelValues: await prometheus.labelValues('n', scope),
    series: new Set((await prometheus.series(scope)).map((one) => JSON.stringify(one))),
    metadata: await prometheus.metadata({ limit: 10 }),
  }
}

async function askCatalogue(
  store: Store,
  endMs: number,
): Promise<Readonly<Record<string, unknown>>> {
  const catalogue = openCatalogue(store.read)
  const sinceMs = endMs - 60 * minuteMs
  const { metrics } = await catalogue.listMetrics({ text: 'M', sinceMs, limit: 10 })
  return {
    // When a series was seen last is when it was written.
    metrics: metrics.map((metric) => ({ ...metric, seenS: 0 })),
    metric: { ...(await catalogue.findMetric('latency')), seenS: 0 },
    tags: await catalogue.listTags({ metric: 'many', maxValues: 5 }),
    values: await catalogue.listTags({ metric: 'm', key: 'n', maxValues: 5 }),
    active: await catalogue.listActiveMetrics({ sinceMs, host: 'h', tags: 'n:1 OR n:2*' }),
    hosts: await catalogue.listHosts('H'),
    hostTags: await catalogue.listHostTags(),
  }
}

const searches = ['', 'odd', 'source:docker -odd', 'status:>=warn a:1', '/O[a-z]+R/i', 'host:h a:*']

async function askHappenings(
  store: Store,
  endMs: number,
): Promise<Readonly<Record<string, unknown>>> {
  const answers: Record<string, unknown> = {}
  const happenings = openHappenings({ read: store.read, isNarrowed: false })
  const time = { fromMs: endMs - 60 * minuteMs, toMs: endMs, limit: 10 }
  for (const query of searches) {
    answers[`events ${query}`] = await happenings.listEvents({ ...time, query })
    answers[`happened ${query}`] = await happenings.list({ ...time, query })
    answers[`happened ${query}, counted`] = await happenings.count({ ...time, query, steps: 20 })
  }
  const filters = { tags: ['a:1', 'host:h'], sources: ['docker'], priority: 'low' } as const
  const { events } = await happenings.listEvents({ ...time, ...filters, query: '', offset: 1 })
  return {
    ...answers,
    events,
    event: await happenings.findEvent(BigInt(events[0]?.id ?? 0)),
    checks: await happenings.listServiceChecks({ name: 'up', tags: ['a:1', 'host:h'], limit: 10 }),
  }
}

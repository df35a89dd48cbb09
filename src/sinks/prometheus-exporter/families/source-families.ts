import type { SourceReport } from '../../../model/agent-report.ts'
import type { MetricFamily } from '../../../wire/prometheus-text/metric-family.ts'
import { several, type AgentFamily } from './agent-family.ts'

const states: readonly SourceReport['state'][] = ['running', 'degraded', 'backoff', 'stopped']

/** How the sources of the agent do. */
export const sourceFamilies: readonly AgentFamily[] = [
  several(
    {
      name: 'vigie_agent_source_state',
      kind: 'gauge',
      help: 'Whether the source is in this state: 1 or 0.',
    },
    ['source', 'state'],
    ({ snapshot }) =>
      snapshot.sources.flatMap(({ name, state: own }) =>
        states.map((state) => ({ labels: { source: name, state }, value: Number(state === own) })),
      ),
  ),
  perSource('runs_total', 'Runs of the source.', ({ work }) => work?.runs),
  perSource('restarts_total', 'Starts after a failure.', ({ restarts }) => restarts),
  perSource(
    'warnings_total',
    'Runs without something it needs.',
    (source) => source.work?.warnings.count,
  ),
  perSource('errors_total', 'Failures.', ({ work }) => work?.errors.count),
  perSource('last_run_duration_seconds', 'How long its last run took.', ({ work }) =>
    toSeconds(work?.lastRunMs),
  ),
  perSource('last_run_timestamp_seconds', 'When its last run began, Unix seconds.', (source) =>
    toSeconds(source.lastRunAtMs),
  ),
  several(
    {
      name: 'vigie_agent_source_items_total',
      kind: 'counter',
      help: 'What the source has handed on.',
    },
    ['source', 'item'],
    ({ snapshot }) => snapshot.sources.flatMap(itemsOf),
  ),
]

function perSource(
  ending: string,
  help: string,
  pick: (source: SourceReport) => number | undefined,
): AgentFamily {
  return several(toFamily(`vigie_agent_source_${ending}`, help), ['source'], ({ snapshot }) =>
    snapshot.sources.map((source) => ({ labels: { source: source.name }, value: pick(source) })),
  )
}

function toFamily(name: string, help: string): MetricFamily {
  return { name, help, kind: name.endsWith('_total') ? 'counter' : 'gauge' }
}

function toSeconds(timeMs: number | undefined): number | undefined {
  return timeMs === undefined ? undefined : timeMs / 1000
}

function itemsOf({
  name,
  work,
}: SourceReport): readonly { labels: { source: string; item: string }; value: number }[] {
  if (work === undefined) return []
  const { points, sketches, events, serviceChecks, containerTotals } = work.total
  const counts = { points, sketches, events, checks: serviceChecks, totals: containerTotals }
  return Object.entries(counts).map(([item, value]) => ({ labels: { source: name, item }, value }))
}

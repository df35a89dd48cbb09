import { z } from 'zod'
import type { LabelScope } from '../../query/prometheus/ask-labels.ts'
import type { Api } from '../api.ts'
import type { ApiRoute } from '../define-api-route.ts'
import { definePrometheusRoutes, type PrometheusRouteOptions } from './define-prometheus-route.ts'
import {
  durationParameter,
  invalid,
  limitParameter,
  matcherLists,
  textParameter,
  timeParameter,
} from './read-query-parameters.ts'

/** The version of Prometheus that the answers are like. */
const answersLike = '3.0.0'

const time = z.string().optional().meta({ description: 'Unix seconds or RFC 3339' })
const duration = z.string().optional().meta({ description: 'Seconds, or a duration such as 15s' })
const limit = z.string().optional().meta({ description: 'The most that is listed' })
const query = z.string().meta({ description: 'PromQL' })
const scopeInput = z.object({
  'match[]': z.array(z.string()).optional().meta({ description: 'Selectors of series' }),
  start: time,
  end: time,
  limit,
})

/**
 * `/prometheus/api/v1/…`: what Grafana and others ask of Prometheus.
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/
 */
export function prometheusRoutes(api: Api): readonly ApiRoute[] {
  const routes = [...queryRoutes(api), ...labelRoutes(api), ...otherRoutes(api)]
  return routes.flatMap((route) => definePrometheusRoutes({ ...route, readBody: api.readBody }))
}

type Route = Omit<PrometheusRouteOptions, 'readBody'>

function queryRoutes({ prometheus, clock }: Api): readonly Route[] {
  return [
    {
      path: '/query',
      about: "Prometheus' query of one moment, in PromQL.",
      query: z.object({ query, time, timeout: duration, lookback_delta: duration }),
      answer: async (parameters) =>
        prometheus.query({
          ...commonOf(parameters),
          timeMs: timeParameter(parameters, 'time', clock()),
        }),
    },
    {
      path: '/query_range',
      about: "Prometheus' query over a time, in PromQL.",
      query: z.object({
        query,
        start: time,
        end: time,
        step: duration,
        timeout: duration,
        lookback_delta: duration,
      }),
      answer: async (parameters) =>
        prometheus.queryRange({
          ...commonOf(parameters),
          startMs: timeParameter(parameters, 'start'),
          endMs: timeParameter(parameters, 'end'),
          stepMs: stepOf(parameters),
        }),
    },
  ]
}

function labelRoutes({ prometheus }: Api): readonly Route[] {
  return [
    {
      path: '/labels',
      about: 'The names of all labels.',
      query: scopeInput,
      answer: async (parameters) => prometheus.labelNames(scopeOf(parameters)),
    },
    {
      path: '/label/{name}/values',
      about: 'The values of a label.',
      query: scopeInput,
      answer: async (parameters, name) => prometheus.labelValues(name, scopeOf(parameters)),
    },
    {
      path: '/series',
      about: 'The labels of the series that fit.',
      query: scopeInput,
      answer: async (parameters) => {
        if (!parameters.has('match[]')) throw invalid('match[]', 'it is missing')
        return prometheus.series(scopeOf(parameters))
      },
    },
    {
      path: '/metadata',
      about: 'Kind, unit and meaning of metrics.',
      query: z.object({ metric: z.string().optional(), limit }),
      answer: async (parameters) =>
        prometheus.metadata({
          metric: parameters.get('metric') || undefined,
          limit: limitParameter(parameters),
        }),
    },
  ]
}

/** What Grafana asks besides; there are no rules, alerts and exemplars. */
function otherRoutes({ version }: Api): readonly Route[] {
  const nothing = z.object({})
  return [
    {
      path: '/status/buildinfo',
      about: 'Which Prometheus the answers are like.',
      query: nothing,
      answer: async () => ({
        version: answersLike,
        revision: `vigie-${version}`,
        branch: '',
        buildUser: '',
        buildDate: '',
        goVersion: '',
      }),
    },
    {
      path: '/rules',
      about: 'Rules: there are none.',
      query: nothing,
      answer: async () => ({ groups: [] }),
    },
    {
      path: '/alerts',
      about: 'Alerts: there are none.',
      query: nothing,
      answer: async () => ({ alerts: [] }),
    },
    {
      path: '/query_exemplars',
      about: 'Exemplars: there are none.',
      query: nothing,
      answer: async () => [],
    },
  ]
}

function commonOf(parameters: URLSearchParams): {
  readonly query: string
  readonly timeoutMs: number | undefined
  readonly lookbackMs: number | undefined
} {
  return {
    query: textParameter(parameters, 'query'),
    timeoutMs: durationParameter(parameters, 'timeout'),
    lookbackMs: durationParameter(parameters, 'lookback_delta'),
  }
}

function stepOf(parameters: URLSearchParams): number {
  const stepMs = durationParameter(parameters, 'step')
  if (stepMs === undefined) throw invalid('step', 'it is missing')
  return stepMs
}

function scopeOf(parameters: URLSearchParams): LabelScope {
  return {
    matcherLists: matcherLists(parameters),
    fromMs: timeParameter(parameters, 'start', 0),
    limit: limitParameter(parameters),
  }
}

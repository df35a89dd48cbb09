import { z } from 'zod'
import { HttpError } from '../http/http-error.ts'
import type { StoredMetric } from '../query/catalogue/ask-metrics.ts'
import { knownMetric, type KnownMetric } from '../query/catalogue/known-metric.ts'
import { metricUnit } from '../query/catalogue/metric-unit.ts'
import { answerQuestion } from './answer-question.ts'
import type { Api } from './api.ts'
import { defineApiRoute, type ApiRoute } from './define-api-route.ts'
import {
  activeMetricsSchema,
  hostTagsSchema,
  metricMetadataSchema,
  searchSchema,
  tagsToHostsSchema,
} from './schemas/datadog-reads.ts'
import { unixSeconds } from './unix-seconds.ts'

type Metadata = z.input<typeof metricMetadataSchema>

const maxSearchResults = 10_000

/**
 * What Datadog's client libraries ask about metrics and hosts, with Datadog's answers.
 * @see https://docs.datadoghq.com/api/latest/metrics/
 */
export function datadogReadRoutes(api: Api): readonly ApiRoute[] {
  return [
    activeMetricsRoute(api),
    metadataRoute(api),
    searchRoute(api),
    tagsToHostsRoute(api),
    hostTagsRoute(api),
  ]
}

function activeMetricsRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/v1/metrics',
    about:
      "Datadog's route: names of the metrics that have had points since a time, exact to a day.",
    input: z.object({
      query: z.object({
        from: unixSeconds.meta({ description: 'Unix seconds' }),
        host: z.string().min(1).max(200).optional(),
        tag_filter: z.string().max(4096).optional().meta({
          description: 'As between the braces of a query: `env IN (a,b) AND service:web`',
        }),
      }),
    }),
    answer: activeMetricsSchema,
    handle: async ({ query: { from, host, tag_filter: tags } }) => {
      const request = { sinceMs: from * 1000, host, tags }
      const metrics = await answerQuestion(() => api.catalogue.listActiveMetrics(request))
      return { from: String(from), metrics }
    },
  })
}

function metadataRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/v1/metrics/{name}',
    about: "Datadog's route: what is known of a metric.",
    input: z.object({ params: z.object({ name: z.string().min(1).max(200) }) }),
    answer: metricMetadataSchema,
    handle: async ({ params: { name } }) => {
      const stored = await answerQuestion(() => api.catalogue.findMetric(name))
      if (stored === undefined && knownMetric(name) === undefined) {
        throw new HttpError(404, `Cannot find metric ${name}: nothing is stored of it`)
      }
      return describeMetric(name, stored)
    },
  })
}

function describeMetric(name: string, stored: StoredMetric | undefined): Metadata {
  const known = knownMetric(name)
  const usual = known?.isCount === true ? 'count' : 'gauge'
  return {
    ...(stored === undefined ? { type: usual } : describeStored(stored)),
    ...(known === undefined ? { description: '' } : describeKnown(known)),
  }
}

function describeStored({
  kind,
  intervalS,
}: StoredMetric): Pick<Metadata, 'type' | 'statsd_interval'> {
  return { type: kind, ...(intervalS > 0 && { statsd_interval: intervalS }) }
}

function describeKnown({ name, about, source }: KnownMetric): Omit<Metadata, 'type'> {
  const unit = metricUnit(name)
  return {
    description: about,
    integration: source,
    ...(unit.name !== '' && { unit: unit.name }),
    ...(unit.per !== '' && { per_unit: unit.per }),
  }
}

function searchRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/v1/search',
    about:
      "Datadog's route: metrics and hosts that have a text in their names. `metrics:` and `hosts:` before it ask for one of them.",
    input: z.object({ query: z.object({ q: z.string().max(500) }) }),
    answer: searchSchema,
    handle: async ({ query: { q } }) => {
      const [, facet, text = ''] = /^(?:(metrics|hosts):)?(.*)$/s.exec(q.trim()) ?? []
      const metrics = async (): Promise<readonly string[]> => {
        const found = await api.catalogue.listMetrics({
          text,
          sinceMs: api.clock(),
          limit: maxSearchResults,
        })
        return found.metrics.map(({ name }) => name)
      }
      return answerQuestion(async () => ({
        results: {
          metrics: facet === 'hosts' ? [] : await metrics(),
          hosts: facet === 'metrics' ? [] : await api.catalogue.listHosts(text),
        },
      }))
    },
  })
}

function tagsToHostsRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/v1/tags/hosts',
    about: "Datadog's route: the hosts of each tag.",
    input: z.object({}),
    answer: tagsToHostsSchema,
    handle: async () => {
      const hosts = new Map<string, string[]>()
      for (const [host, tags] of await answerQuestion(() => api.catalogue.listHostTags())) {
        for (const tag of tags) hosts.set(tag, [...(hosts.get(tag) ?? []), host])
      }
      return { tags: Object.fromEntries(hosts) }
    },
  })
}

function hostTagsRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/v1/tags/hosts/{host}',
    about: "Datadog's route: the tags of a host.",
    input: z.object({ params: z.object({ host: z.string().min(1).max(200) }) }),
    answer: hostTagsSchema,
    handle: async ({ params: { host } }) => {
      const tags = (await answerQuestion(() => api.catalogue.listHostTags())).get(host)
      if (tags !== undefined) return { host, tags }
      throw new HttpError(404, `Cannot find host ${host}: it has sent nothing in the last day`)
    },
  })
}

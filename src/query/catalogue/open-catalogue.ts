import { askActiveMetrics, type ActiveMetricsRequest } from './ask-active-metrics.ts'
import { askHosts, askHostTags } from './ask-hosts.ts'
import { askMetricTags, type MetricTagsRequest, type TagKey } from './ask-metric-tags.ts'
import {
  askMetrics,
  findMetric,
  type MetricsRequest,
  type MetricsResult,
  type StoredMetric,
} from './ask-metrics.ts'
import type { ReadClient } from '../scope/read-client.ts'

/** What there is to ask for. Each throws `QuestionError` for what cannot be answered. */
export interface Catalogue {
  readonly listMetrics: (request: MetricsRequest) => Promise<MetricsResult>
  readonly findMetric: (name: string) => Promise<StoredMetric | undefined>
  readonly listTags: (request: MetricTagsRequest) => Promise<readonly TagKey[]>
  readonly listActiveMetrics: (request: ActiveMetricsRequest) => Promise<readonly string[]>
  readonly listHosts: (text: string) => Promise<readonly string[]>
  /** Tags by host. */
  readonly listHostTags: () => Promise<ReadonlyMap<string, readonly string[]>>
}

/** Opens the catalogue of a store. */
export function openCatalogue(client: ReadClient): Catalogue {
  return {
    listMetrics: (request) => askMetrics(client, request),
    findMetric: (name) => findMetric(client, name),
    listTags: (request) => askMetricTags(client, request),
    listActiveMetrics: (request) => askActiveMetrics(client, request),
    listHosts: (text) => askHosts(client, text),
    listHostTags: () => askHostTags(client),
  }
}

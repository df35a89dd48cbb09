import { metricCatalogue } from '../../model/metric-catalogue.ts'

/** Where a metric comes from, in Datadog's numbers. */
export interface MetricOrigin {
  /** 10: DogStatsD, 11: a check. */
  readonly category: number
  /** Which check; 0 when none. */
  readonly service: number
}

/** Service numbers of the Agent's checks that send the same metrics, by how their names begin. */
const checks: readonly (readonly [beginning: string, service: number])[] = [
  ['docker.', 183],
  ['container.', 180],
  ['system.cpu.', 202],
  ['system.mem.', 196],
  ['system.load.', 203],
  ['system.net.', 114],
  ['system.io.', 193],
  ['system.uptime', 194],
]

const fromDogstatsd: MetricOrigin = { category: 10, service: 0 }

const origins: ReadonlyMap<string, MetricOrigin> = new Map(
  Object.values(metricCatalogue)
    .flat()
    .flatMap(({ name }) => {
      const service = checks.find(([beginning]) => name.startsWith(beginning))?.[1]
      return service === undefined ? [] : [[name, { category: 11, service }] as const]
    }),
)

/**
 * The check that a metric is of; whatever no check sends came by DogStatsD. Datadog shows it as the metric's origin.
 * @see `pkg/serializer/internal/metrics/origin_mapping.go` of the Datadog Agent
 */
export function originOf(metric: string): MetricOrigin {
  return origins.get(metric) ?? fromDogstatsd
}

/** Whether one of our own sources sends it under a name that the Agent's checks use. */
export function isOfCheck({ service }: MetricOrigin): boolean {
  return service > 0
}

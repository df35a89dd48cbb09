import type { HttpRoute } from '../http/route.ts'
import type { PartialSuccess } from '../wire/otlp/export-answer.ts'
import { metricsRequest, type OtlpMetrics } from '../wire/otlp/messages.ts'
import { CumulativeTable } from './cumulative-table.ts'
import { defineOtlpRoute } from './define-otlp-route.ts'
import type { Intake } from './intake.ts'
import { mapMetric } from './map-otlp-metric.ts'
import { OtlpExport } from './otlp-export.ts'
import { scopeOf } from './otlp-place.ts'

/**
 * `POST /v1/metrics`: metrics of OpenTelemetry by OTLP/HTTP, in protobuf or JSON.
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export function otlpMetricsRoute(intake: Intake): HttpRoute {
  const table = new CumulativeTable(intake.clock())
  return defineOtlpRoute(intake, {
    path: '/v1/metrics',
    what: 'the OTLP metrics',
    message: metricsRequest,
    rejectedName: 'rejectedDataPoints',
    accept: (exported) => takeMetrics(intake, table, exported),
  })
}

async function takeMetrics(
  intake: Intake,
  table: CumulativeTable,
  { resourceMetrics }: OtlpMetrics,
): Promise<PartialSuccess> {
  const to = new OtlpExport(intake, table.begin(intake.clock()))
  for (const { resource, scopeMetrics } of resourceMetrics) {
    for (const { scope, metrics } of scopeMetrics) {
      const own = scopeOf(resource?.attributes ?? [], scope?.name ?? '')
      for (const metric of metrics) mapMetric(to, own, metric)
    }
  }
  return to.store()
}

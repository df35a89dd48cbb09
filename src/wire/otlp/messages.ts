import { many, one, type MessageOf } from './message.ts'

/*
 * The parts of OTLP's messages that are read; what is not here is gone past.
 * Source: https://github.com/open-telemetry/opentelemetry-proto
 */

const keyValue = { fields: { key: one(1, 'text'), value: one(2, 'any') } } as const
const resource = { fields: { attributes: many(1, keyValue) } } as const
const scope = { fields: { name: one(1, 'text'), version: one(2, 'text') } } as const

const pointStart = { startTimeUnixNano: one(2, 'nanos'), timeUnixNano: one(3, 'nanos') } as const

/** Of which no more is read than how many there are. */
const exemplar = { fields: {} } as const

const numberPoint = {
  fields: {
    ...pointStart,
    attributes: many(7, keyValue),
    asDouble: one(4, 'double'),
    exemplars: many(5, exemplar),
    asInt: one(6, 'signedFixed'),
    flags: one(8, 'int'),
  },
} as const

const histogramPoint = {
  fields: {
    ...pointStart,
    attributes: many(9, keyValue),
    count: one(4, 'fixed'),
    sum: one(5, 'double'),
    bucketCounts: many(6, 'fixed'),
    explicitBounds: many(7, 'double'),
    exemplars: many(8, exemplar),
    flags: one(10, 'int'),
    min: one(11, 'double'),
    max: one(12, 'double'),
  },
} as const

const buckets = { fields: { offset: one(1, 'signed'), bucketCounts: many(2, 'int') } } as const

const exponentialPoint = {
  fields: {
    ...pointStart,
    attributes: many(1, keyValue),
    count: one(4, 'fixed'),
    sum: one(5, 'double'),
    scale: one(6, 'signed'),
    zeroCount: one(7, 'fixed'),
    positive: one(8, buckets),
    negative: one(9, buckets),
    flags: one(10, 'int'),
    exemplars: many(11, exemplar),
    min: one(12, 'double'),
    max: one(13, 'double'),
  },
} as const

const quantile = { fields: { quantile: one(1, 'double'), value: one(2, 'double') } } as const

const summaryPoint = {
  fields: {
    ...pointStart,
    attributes: many(7, keyValue),
    count: one(4, 'fixed'),
    sum: one(5, 'double'),
    quantileValues: many(6, quantile),
    flags: one(8, 'int'),
  },
} as const

const metric = {
  fields: {
    name: one(1, 'text'),
    gauge: one(5, { fields: { dataPoints: many(1, numberPoint) } }),
    sum: one(7, {
      fields: {
        dataPoints: many(1, numberPoint),
        aggregationTemporality: one(2, 'int'),
        isMonotonic: one(3, 'flag'),
      },
    }),
    histogram: one(9, {
      fields: { dataPoints: many(1, histogramPoint), aggregationTemporality: one(2, 'int') },
    }),
    exponentialHistogram: one(10, {
      fields: { dataPoints: many(1, exponentialPoint), aggregationTemporality: one(2, 'int') },
    }),
    summary: one(11, { fields: { dataPoints: many(1, summaryPoint) } }),
  },
} as const

const scopeMetrics = { fields: { scope: one(1, scope), metrics: many(2, metric) } } as const
const resourceMetrics = {
  fields: { resource: one(1, resource), scopeMetrics: many(2, scopeMetrics) },
} as const

/** `ExportMetricsServiceRequest` */
export const metricsRequest = { fields: { resourceMetrics: many(1, resourceMetrics) } } as const

const logRecord = {
  fields: {
    timeUnixNano: one(1, 'nanos'),
    observedTimeUnixNano: one(11, 'nanos'),
    severityNumber: one(2, 'int'),
    severityText: one(3, 'text'),
    body: one(5, 'any'),
    attributes: many(6, keyValue),
    traceId: one(9, 'hex'),
    spanId: one(10, 'hex'),
    eventName: one(12, 'text'),
  },
} as const
const scopeLogs = { fields: { scope: one(1, scope), logRecords: many(2, logRecord) } } as const
const resourceLogs = {
  fields: { resource: one(1, resource), scopeLogs: many(2, scopeLogs) },
} as const

/** `ExportLogsServiceRequest` */
export const logsRequest = { fields: { resourceLogs: many(1, resourceLogs) } } as const

const scopeSpans = { fields: { spans: many(2, { fields: {} }) } } as const
const resourceSpans = { fields: { scopeSpans: many(2, scopeSpans) } } as const

/** `ExportTraceServiceRequest`, of which no more is read than how many spans there are. */
export const traceRequest = { fields: { resourceSpans: many(1, resourceSpans) } } as const

export type Attribute = MessageOf<typeof keyValue>
export type OtlpMetrics = MessageOf<typeof metricsRequest>
export type OtlpMetric = MessageOf<typeof metric>
export type NumberPoint = MessageOf<typeof numberPoint>
export type HistogramPoint = MessageOf<typeof histogramPoint>
export type ExponentialPoint = MessageOf<typeof exponentialPoint>
export type SummaryPoint = MessageOf<typeof summaryPoint>
export type ResourceLogs = MessageOf<typeof resourceLogs>
export type LogRecord = MessageOf<typeof logRecord>

/** `AggregationTemporality` */
export const temporalities = { delta: 1, cumulative: 2 } as const

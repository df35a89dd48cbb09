import { z } from 'zod'

const text = z.string()
const texts = z.array(text).readonly()

/** `MetricsListResponse` of Datadog. */
export const activeMetricsSchema = z.object({
  from: text.meta({ description: 'Unix seconds' }),
  metrics: texts,
})

/** `MetricMetadata` of Datadog. */
export const metricMetadataSchema = z.object({
  type: z.enum(['gauge', 'rate', 'count', 'distribution']),
  description: text,
  integration: text.exactOptional(),
  unit: text.exactOptional(),
  per_unit: text.exactOptional(),
  statsd_interval: z.number().exactOptional().meta({ description: 'Seconds between two points' }),
})

/** `MetricSearchResponse` of Datadog, and the hosts that its former versions find. */
export const searchSchema = z.object({
  results: z.object({ metrics: texts, hosts: texts }),
})

/** `TagToHosts` of Datadog. */
export const tagsToHostsSchema = z.object({ tags: z.record(text, texts) })

/** `HostTags` of Datadog. */
export const hostTagsSchema = z.object({ host: text, tags: texts })

const event = z.object({
  id: z.number().meta({ description: 'The lower 53 bits of `id_str`, which every language reads' }),
  id_str: text,
  title: text,
  text,
  date_happened: z.number().meta({ description: 'Unix seconds' }),
  alert_type: text,
  priority: text,
  source_type_name: text,
  host: text,
  tags: texts,
})

/** `EventListResponse` of Datadog. */
export const datadogEventsSchema = z.object({
  events: z.array(event).readonly(),
  status: z.literal('ok'),
})

/** `EventResponse` of Datadog. */
export const datadogEventSchema = z.object({ event, status: z.literal('ok') })

/** Named as what agents post to the same path. */
export const serviceChecksSchema = z
  .array(
    z.object({
      check: text,
      status: z.number().meta({ description: '0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN' }),
      timestamp: z.number().meta({ description: 'Unix seconds' }),
      host_name: text,
      message: text,
      tags: texts,
    }),
  )
  .readonly()

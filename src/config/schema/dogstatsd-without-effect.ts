import { z } from 'zod'

const count = z.int().min(0)
const switchedOff = z.boolean().default(false)
const noText = z.string().default('')
const mapping = z.record(z.string(), z.unknown()).meta({ allowed: 'a mapping' }).default({})
const length = z.union([z.string(), z.number()]).meta({ allowed: 'a duration such as 100ms' })
const size = z.union([z.string(), z.number()]).meta({ allowed: 'a size such as 10Mb' })

/** Datadog's other options for DogStatsD: a file that sets them is read without complaint. */
export const dogstatsdWithoutEffect = {
  dogstatsd_pipe_name: unused(noText, 'Named pipe on Windows.'),
  dogstatsd_packet_buffer_size: unused(count.default(32), 'Packets that are handed on together.'),
  dogstatsd_packet_buffer_flush_timeout: unused(
    length.default('100ms'),
    'Longest time that packets wait to be handed on together.',
  ),
  dogstatsd_queue_size: unused(
    count.default(1024),
    'Bundles of packets that may wait; here they wait in the kernel.',
  ),
  dogstatsd_workers_count: unused(
    count.default(0),
    'Threads that read messages; here there is one.',
  ),
  dogstatsd_pipeline_count: unused(
    count.default(1),
    'Threads that add up; here it is the one that reads.',
  ),
  dogstatsd_pipeline_autoadjust: unused(
    switchedOff,
    'Whether the number of these threads follows the number of cores.',
  ),
  dogstatsd_string_interner_size: unused(
    count.default(4096),
    'Texts that are kept to be used again.',
  ),
  dogstatsd_mapper_cache_size: unused(
    count.default(1000),
    'Names that the mapper remembers; here it is asked once for each context.',
  ),
  dogstatsd_no_aggregation_pipeline_batch_size: unused(
    count.default(2048),
    'Samples with a time that are handed on together.',
  ),
  dogstatsd_mem_based_rate_limiter: unused(
    mapping,
    'Slower reading where memory is short; here `vigie.dogstatsd` bounds memory.',
  ),
  dogstatsd_experimental_http: unused(mapping, 'Reception over HTTP.'),
  dogstatsd_telemetry_enabled_listener_id: unused(
    switchedOff,
    'Whether each connection is counted by itself.',
  ),
  dogstatsd_stats_enable: unused(
    switchedOff,
    'Whether packets by the second are shown on a port of their own.',
  ),
  dogstatsd_stats_port: unused(count.default(5000), 'That port.'),
  dogstatsd_stats_buffer: unused(count.default(10), 'Seconds that are shown there.'),
  dogstatsd_capture_depth: unused(
    count.default(0),
    'Packets that may wait to be written to a capture.',
  ),
  dogstatsd_logging_enabled: unused(
    z.boolean().default(true),
    'Whether metrics that come in have a log of their own.',
  ),
  dogstatsd_log_file: unused(noText, 'That log.'),
  dogstatsd_log_file_max_size: unused(size.default('10Mb'), 'Its length.'),
  dogstatsd_log_file_max_rolls: unused(count.default(3), 'Old ones that are kept.'),
  metric_tag_filterlist: unused(
    z.array(z.unknown()).default([]),
    'Tags that are taken off some metrics.',
  ),
} as const

function unused<Schema extends z.ZodType>(schema: Schema, description: string): Schema {
  return schema.meta({ description, hasNoEffect: true })
}

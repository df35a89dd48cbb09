import { z } from 'zod'
import { choiceOf, choicesOf, percentiles } from './choices.ts'
import { mapperProfiles } from './mapper-profiles.ts'
import { tagList } from './tag-list.ts'
import { wordList } from './word-list.ts'

const port = z.int().min(0).max(65_535)
const seconds = z.int().min(0).max(86_400)
const off = z.boolean().default(false)
const on = z.boolean().default(true)
const nothing = z.string().default('')
const socket = z
  .string()
  .regex(/^(\/.+)?$/s)
  // `sun_path` has 108 bytes, the last of which is zero: unix(7).
  .refine((path) => Buffer.byteLength(path) <= 107)
  .meta({ allowed: 'an absolute path of at most 107 bytes; empty means none' })
const names = wordList('a list of names of metrics, or one text with commas or spaces between them')
const beginnings = wordList(
  'a list of beginnings of names, or one text with commas or spaces between them',
)

/** Metrics of Datadog's own integrations, which have their place in the tree of names (pkg/config/setup of the agent). */
const namespaceExempt = [
  'datadog.agent',
  'datadog.dogstatsd',
  'datadog.process',
  'datadog.trace_agent',
  'datadog.tracer',
  'activemq',
  'activemq_58',
  'airflow',
  'cassandra',
  'confluent',
  'hazelcast',
  'hive',
  'ignite',
  'jboss',
  'jvm',
  'kafka',
  'presto',
  'sidekiq',
  'solr',
  'tomcat',
  'runtime',
]

const listening = {
  use_dogstatsd: on.meta({
    description: 'Whether the agent takes metrics that programs send by themselves.',
    legacyEnvironment: ['USE_DOGSTATSD'],
  }),
  dogstatsd_port: port.default(8125).meta({ description: 'UDP port; 0 means no UDP.' }),
  bind_host: z
    .string()
    .regex(/^\S+$/)
    .meta({ allowed: 'a host name or an IP address' })
    .default('localhost')
    .meta({ description: 'Address that the UDP port is opened on.' }),
  dogstatsd_non_local_traffic: off.meta({
    description:
      'Whether the UDP port is open to other machines and to containers with networks of their own, whatever `bind_host` says. Nothing on it is checked: let a firewall keep strangers out.',
    legacyEnvironment: ['NON_LOCAL_TRAFFIC'],
  }),
  dogstatsd_socket: socket.default('/var/run/datadog/dsd.socket').meta({
    description: 'Unix socket for datagrams; anybody on this machine may write to it.',
  }),
  dogstatsd_stream_socket: socket.default('').meta({
    description: 'Unix socket for streams, on which each packet has its length in front.',
  }),
  dogstatsd_so_rcvbuf: z
    .int()
    .min(0)
    .max(2 ** 30)
    .default(0)
    .meta({
      description:
        'Bytes that the kernel may keep for a socket until they are read. 0 leaves the choice to us; the kernel may grant less.',
    }),
  dogstatsd_buffer_size: z
    .int()
    .min(512)
    .max(2 ** 20)
    .default(8192)
    .meta({
      description:
        'Longest packet in bytes. What is longer is cut off on UDP and on the socket for datagrams; on a stream it ends the connection.',
    }),
  dogstatsd_eol_required: choicesOf(['udp', 'uds', 'named_pipe']).prefault([]).meta({
    description:
      'Transports on which each message has to end in a line end; a last one without is dropped and counted.',
  }),
  dogstatsd_stream_log_too_big: off.meta({
    description: 'Whether a packet that is too long for its stream is logged.',
  }),
  statsd_forward_host: nothing.meta({
    description: 'Host that all packets are copied to over UDP, as they came.',
  }),
  statsd_forward_port: port.default(0).meta({ description: 'Port of `statsd_forward_host`.' }),
}

const aggregation = {
  histogram_aggregates: choicesOf(['max', 'min', 'median', 'avg', 'count', 'sum'])
    .prefault(['max', 'median', 'avg', 'count'])
    .meta({ description: 'What is told of the samples of a histogram or a timing.' }),
  histogram_percentiles: percentiles.prefault([0.95]).meta({
    description:
      'Percentiles that are told of the samples of a histogram or a timing, in whole hundredths.',
  }),
  histogram_copy_to_distribution: off.meta({
    description: 'Whether samples of histograms and timings are taken as distributions besides.',
  }),
  histogram_copy_to_distribution_prefix: nothing.meta({
    description: 'What is put before the name of such a distribution, as it stands.',
  }),
  dogstatsd_expiry_seconds: seconds.default(300).meta({
    description: 'How long a counter that is not heard of is told as 0, in seconds.',
  }),
  dogstatsd_context_expiry_seconds: seconds.default(20).meta({
    description: 'How long anything else that is not heard of is remembered, in seconds.',
  }),
  dogstatsd_flush_incomplete_buckets: off.meta({
    description: 'Whether at the stop the 10 seconds that are not over are sent too.',
  }),
  dogstatsd_no_aggregation_pipeline: on.meta({
    description:
      'Whether samples that come with a time are handed on with that time. Otherwise they count as of now.',
  }),
}

const originDetection = {
  dogstatsd_origin_detection: off.meta({
    description:
      'Whether metrics that come by a Unix socket get the tags of the container that sent them. The kernel tells which process that is.',
  }),
  dogstatsd_origin_detection_client: off.meta({
    description:
      'Whether what clients tell of themselves is believed: their container, their pod, and how many tags they want.',
  }),
  dogstatsd_origin_optout_enabled: on.meta({
    description: 'Whether a client may ask for no such tags by the cardinality `none`.',
  }),
  dogstatsd_entity_id_precedence: off.meta({
    description:
      'Whether a pod that is named in the tag `dd.internal.entity_id` keeps the tags of the sending container off.',
  }),
  dogstatsd_tag_cardinality: choiceOf(['none', 'low', 'orchestrator', 'high'])
    .prefault('low')
    .meta({ description: 'Which tags of a container are put on its metrics.' }),
  origin_detection_unified: off.meta({
    description:
      'Whether the first way to find a container that yields tags is the only one that counts, as for traces.',
  }),
}

const rules = {
  dogstatsd_tags: tagList
    .prefault([])
    .meta({ description: 'Tags put on everything that comes in this way.' }),
  statsd_metric_namespace: z
    .string()
    .regex(/^\S*$/)
    .meta({ allowed: 'a text without spaces' })
    .default('')
    .meta({
      description: 'What is put before the name of each metric, with a dot between them.',
      legacyEnvironment: ['STATSD_METRIC_NAMESPACE'],
    }),
  statsd_metric_namespace_blacklist: beginnings.prefault(namespaceExempt).meta({
    description: 'Metrics whose names begin so keep `statsd_metric_namespace` off.',
    alsoEnvironment: ['DD_STATSD_METRIC_NAMESPACE_BLOCKLIST'],
  }),
  metric_filterlist: names.prefault([]).meta({
    description: 'Metrics that are dropped and counted, by the names that they have in the end.',
  }),
  metric_filterlist_match_prefix: off.meta({
    description: 'Whether `metric_filterlist` holds beginnings of names.',
  }),
  statsd_metric_blocklist: names.prefault([]).meta({
    description: 'Old name of `metric_filterlist`; counts only where that is empty.',
  }),
  statsd_metric_blocklist_match_prefix: off.meta({
    description: 'Whether `statsd_metric_blocklist` holds beginnings of names.',
  }),
  dogstatsd_mapper_profiles: mapperProfiles.prefault([]).meta({
    description:
      'New names, and tags, for metrics whose names hold what should be tags. The first profile whose prefix fits decides; `*` fits all.',
  }),
}

const watching = {
  dogstatsd_metrics_stats_enable: off.meta({
    description:
      'Whether samples are counted for `vigie dogstatsd-stats`, and bursts of them logged. It costs about a tenth more for each.',
  }),
  dogstatsd_capture_path: nothing.meta({
    description:
      'Folder for what `vigie dogstatsd-capture` writes. When empty, one in `vigie.data_dir`.',
  }),
  dogstatsd_disable_verbose_logs: off.meta({
    description: 'Whether messages that cannot be read are logged at level debug only.',
  }),
}

/** Datadog's options for DogStatsD that have an effect here, under Datadog's own names, with the agent's defaults. */
export const dogstatsdOptions = {
  ...listening,
  ...aggregation,
  ...originDetection,
  ...rules,
  ...watching,
} as const

/** What an object of these options is once parsed. */
export type DogstatsdOptions = z.output<z.ZodObject<typeof dogstatsdOptions>>

import type { DogstatsdSettings, DogstatsdTransport } from '../component/dogstatsd-settings.ts'
import type { DogstatsdOptions } from './schema/dogstatsd-schema.ts'
import type { DogstatsdLimits } from './schema/vigie-schema.ts'

/**
 * What counts for DogStatsD, from Datadog's options and from our own limits.
 * @see datadog.md B.5
 */
export function toDogstatsdSettings(
  options: DogstatsdOptions,
  limits: DogstatsdLimits,
): DogstatsdSettings {
  const forwardTo = toForward(options)
  return {
    isEnabled: options.use_dogstatsd,
    listen: toListen(options, limits),
    limits: {
      contexts: limits.max_contexts,
      setMembers: limits.max_set_members,
      bins: limits.max_bins,
      histogramSamples: limits.histogram_samples,
    },
    histogram: toHistogram(options),
    counterExpiryS: options.dogstatsd_expiry_seconds,
    contextExpiryS: options.dogstatsd_context_expiry_seconds,
    shouldFlushIncomplete: options.dogstatsd_flush_incomplete_buckets,
    hasNoAggregationPipeline: options.dogstatsd_no_aggregation_pipeline,
    origin: toOrigin(options),
    rules: toRules(options),
    ...(forwardTo !== undefined && { forwardTo }),
    hasStats: options.dogstatsd_metrics_stats_enable,
    captureDir: options.dogstatsd_capture_path,
    isQuiet: options.dogstatsd_disable_verbose_logs,
  }
}

function toListen(options: DogstatsdOptions, limits: DogstatsdLimits): DogstatsdSettings['listen'] {
  return {
    udpPort: options.dogstatsd_port,
    udpHost: toUdpHost(options),
    socketPath: options.dogstatsd_socket,
    streamSocketPath: options.dogstatsd_stream_socket,
    receiveBufferBytes: options.dogstatsd_so_rcvbuf,
    packetBytes: options.dogstatsd_buffer_size,
    lineEndRequired: options.dogstatsd_eol_required.flatMap((name) => transports[name]),
    shouldLogTooBig: options.dogstatsd_stream_log_too_big,
    maxConnections: limits.max_connections,
  }
}

/** Go, which the agent is written in, prefers IPv4 for `localhost`, and means both families where no address is given. */
function toUdpHost(options: DogstatsdOptions): string {
  if (options.dogstatsd_non_local_traffic) return '::'
  return options.bind_host === 'localhost' ? '127.0.0.1' : options.bind_host
}

/** The agent tells its two kinds of Unix socket not apart here (comp/dogstatsd/server of the agent). */
const transports: Readonly<Record<'udp' | 'uds' | 'named_pipe', readonly DogstatsdTransport[]>> = {
  udp: ['udp'],
  uds: ['uds', 'uds-stream'],
  named_pipe: [],
}

function toHistogram(options: DogstatsdOptions): DogstatsdSettings['histogram'] {
  return {
    aggregates: options.histogram_aggregates,
    percentiles: options.histogram_percentiles,
    ...(options.histogram_copy_to_distribution && {
      copyToDistributionPrefix: options.histogram_copy_to_distribution_prefix,
    }),
  }
}

function toOrigin(options: DogstatsdOptions): DogstatsdSettings['origin'] {
  return {
    isDetected: options.dogstatsd_origin_detection,
    isToldByClient: options.dogstatsd_origin_detection_client,
    mayOptOut: options.dogstatsd_origin_optout_enabled,
    hasEntityPrecedence: options.dogstatsd_entity_id_precedence,
    cardinality: options.dogstatsd_tag_cardinality,
    isUnified: options.origin_detection_unified,
  }
}

function toRules(options: DogstatsdOptions): DogstatsdSettings['rules'] {
  const isOld = usesOldBlocklist(options)
  return {
    tags: options.dogstatsd_tags,
    namespace: endInDot(options.statsd_metric_namespace),
    namespaceExempt: options.statsd_metric_namespace_blacklist,
    blocklist: isOld ? options.statsd_metric_blocklist : options.metric_filterlist,
    isBlocklistPrefix: isOld
      ? options.statsd_metric_blocklist_match_prefix
      : options.metric_filterlist_match_prefix,
    mapperProfiles: options.dogstatsd_mapper_profiles,
  }
}

/** The old list, with its own switch, counts only where the new one is empty. */
export function usesOldBlocklist(options: DogstatsdOptions): boolean {
  return options.metric_filterlist.length === 0
}

function endInDot(prefix: string): string {
  return prefix === '' || prefix.endsWith('.') ? prefix : `${prefix}.`
}

function toForward(options: DogstatsdOptions): DogstatsdSettings['forwardTo'] {
  const { statsd_forward_host: host, statsd_forward_port: port } = options
  return host === '' || port === 0 ? undefined : { host, port }
}

import type { Cardinality } from '../model/cardinality.ts'

/** How clients reach the agent. */
export type DogstatsdTransport = 'udp' | 'uds' | 'uds-stream'

/** What becomes of the samples of a histogram at the end of an interval. */
export type HistogramAggregate = 'max' | 'min' | 'median' | 'avg' | 'count' | 'sum'

/** A name pattern and what a metric that fits it is called instead. */
export interface MetricMapping {
  /** A pattern with `*`, or a regular expression, as `matchType` says. */
  readonly match: string
  readonly matchType: 'wildcard' | 'regex'
  /** May refer to what matched: `$1`, `$2`, … */
  readonly name: string
  /** Key and value of tags; a value may refer to what matched. */
  readonly tags: Readonly<Record<string, string>>
}

export interface MapperProfile {
  readonly name: string
  /** Names that begin so are looked up in this profile alone; `*` means all. */
  readonly prefix: string
  readonly mappings: readonly MetricMapping[]
}

/**
 * Datadog's options for DogStatsD, as far as they have an effect here, and ours. Plain data: it is handed to a worker.
 * @see docs/reference/configuration.md
 */
export interface DogstatsdSettings {
  /** `use_dogstatsd`. */
  readonly isEnabled: boolean
  readonly listen: {
    /** `dogstatsd_port`; 0 means no UDP. */
    readonly udpPort: number
    /**
     * Name or address to listen on: that of `bind_host`, or `::`, which stands for all addresses, those of IPv4 too, with
     * `dogstatsd_non_local_traffic`.
     */
    readonly udpHost: string
    /** `dogstatsd_socket`; empty means none. */
    readonly socketPath: string
    /** `dogstatsd_stream_socket`; empty means none. */
    readonly streamSocketPath: string
    /** `dogstatsd_so_rcvbuf` in bytes; 0 means our own default. */
    readonly receiveBufferBytes: number
    /** `dogstatsd_buffer_size`: longest packet, in bytes. */
    readonly packetBytes: number
    /** `dogstatsd_eol_required`: transports on which a last line without its end is dropped. */
    readonly lineEndRequired: readonly DogstatsdTransport[]
    /** `dogstatsd_stream_log_too_big`. */
    readonly shouldLogTooBig: boolean
    /** `vigie.dogstatsd.max_connections`: stream clients at a time. */
    readonly maxConnections: number
  }
  readonly limits: {
    /** `vigie.dogstatsd.max_contexts`. */
    readonly contexts: number
    /** `vigie.dogstatsd.max_set_members`: different values of all sets in one interval. */
    readonly setMembers: number
    /** `vigie.dogstatsd.max_bins`: memory for bins of all sketches, in bins. */
    readonly bins: number
    /** `vigie.dogstatsd.histogram_samples`: up to so many samples of a histogram in one interval its percentiles are exact. */
    readonly histogramSamples: number
  }
  readonly histogram: {
    /** `histogram_aggregates`. */
    readonly aggregates: readonly HistogramAggregate[]
    /** `histogram_percentiles`, each above 0 and at most 1. */
    readonly percentiles: readonly number[]
    /** `histogram_copy_to_distribution`, with the prefix that the copy gets; absent when it is off. */
    readonly copyToDistributionPrefix?: string
  }
  /** `dogstatsd_expiry_seconds`: a counter without samples is told as 0 for so long. */
  readonly counterExpiryS: number
  /** `dogstatsd_context_expiry_seconds`. */
  readonly contextExpiryS: number
  /** `dogstatsd_flush_incomplete_buckets`: at the stop, the interval that is not over is told too. */
  readonly shouldFlushIncomplete: boolean
  /** `dogstatsd_no_aggregation_pipeline`: samples with a time stamp are handed on as they are. */
  readonly hasNoAggregationPipeline: boolean
  readonly origin: {
    /** `dogstatsd_origin_detection`: by the credentials on Unix sockets. */
    readonly isDetected: boolean
    /** `dogstatsd_origin_detection_client`: by the fields `c:`, `e:` and `card:`. */
    readonly isToldByClient: boolean
    /** `dogstatsd_origin_optout_enabled`. */
    readonly mayOptOut: boolean
    /** `dogstatsd_entity_id_precedence`. */
    readonly hasEntityPrecedence: boolean
    /** `dogstatsd_tag_cardinality`. */
    readonly cardinality: Cardinality
    /** `origin_detection_unified`. */
    readonly isUnified: boolean
  }
  readonly rules: {
    /** `dogstatsd_tags`: put on all that comes in. */
    readonly tags: readonly string[]
    /** `statsd_metric_namespace` with its dot; empty when there is none. */
    readonly namespace: string
    /** `statsd_metric_namespace_blacklist`: names that begin so get no namespace. */
    readonly namespaceExempt: readonly string[]
    /** `statsd_metric_blocklist`, `metric_filterlist`. */
    readonly blocklist: readonly string[]
    /** `*_match_prefix`: the names of the list are beginnings. */
    readonly isBlocklistPrefix: boolean
    readonly mapperProfiles: readonly MapperProfile[]
  }
  /** `statsd_forward_host`, `statsd_forward_port`: where packets are copied to over UDP. */
  readonly forwardTo?: { readonly host: string; readonly port: number }
  /** `dogstatsd_metrics_stats_enable`. */
  readonly hasStats: boolean
  /** `dogstatsd_capture_path`; empty means the agent's state folder. */
  readonly captureDir: string
  /** `dogstatsd_disable_verbose_logs`: what cannot be read is logged at level debug. */
  readonly isQuiet: boolean
}

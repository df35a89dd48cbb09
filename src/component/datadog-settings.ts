/** How a body is compressed on the wire. */
export type Compression = 'zstd' | 'deflate' | 'gzip' | 'none'

/** An intake that speaks Datadog's protocol, with one key. */
export interface DatadogDestination {
  /** Base address, without a slash at its end. */
  readonly url: string
  readonly apiKey: string
}

/** What Datadog's options say of sending to Datadog, and to others that take the same. */
export interface DatadogSettings {
  /** Metrics, checks, events and metadata go to each of these; the first is the main one. */
  readonly destinations: readonly DatadogDestination[]
  readonly series: 'v2' | 'v1'
  readonly compression: Compression
  readonly compressionLevel: number
  readonly limits: {
    /** `serializer_max_payload_size` and its like: bytes of one body, before and after compression. */
    readonly bytes: number
    readonly compressedBytes: number
    readonly seriesBytes: number
    readonly seriesCompressedBytes: number
    readonly seriesPoints: number
  }
  readonly logs: {
    /** A line is delivered once one of the reliable ones has it. */
    readonly destinations: readonly (DatadogDestination & { readonly isReliable: boolean })[]
    readonly compression: Compression
    readonly compressionLevel: number
    readonly batchBytes: number
    readonly batchLines: number
  }
}

/** What one request, one connection and all of them together may take. */
export interface HttpLimits {
  /** Bytes of a body as it comes over the wire. */
  readonly bodyBytes: number
  /** Bytes of a body after decompression. */
  readonly decompressedBytes: number
  /** Bytes of all bodies that are being read at one time, after decompression. */
  readonly openBodyBytes: number
  readonly headerBytes: number
  /** Time for a request to arrive whole. */
  readonly requestTimeoutMs: number
  /** Time without a byte in either direction after which a connection is cut. */
  readonly idleTimeoutMs: number
  readonly connections: number
  /** Open live streams. */
  readonly liveStreams: number
  /** Bytes that may wait for a slow reader of a live stream before it misses events. */
  readonly liveStreamBytes: number
  /** How often it is looked at whether whoever reads a live stream may still have it. */
  readonly streamCheckMs: number
  /** Time that requests have to finish when the server closes. */
  readonly closeMs: number
}

/** Wide enough for Datadog's own payloads (5 MiB uncompressed for series), narrow enough for 1 GiB of memory. */
export const defaultHttpLimits: HttpLimits = {
  bodyBytes: 5 * 1024 * 1024,
  decompressedBytes: 64 * 1024 * 1024,
  openBodyBytes: 160 * 1024 * 1024,
  headerBytes: 16 * 1024,
  requestTimeoutMs: 20_000,
  idleTimeoutMs: 75_000,
  connections: 2048,
  liveStreams: 256,
  liveStreamBytes: 1024 * 1024,
  streamCheckMs: 2000,
  closeMs: 800,
}

/** A question in SQL may have 100,000 characters. */
const questionBytes = 512 * 1024

/**
 * The limits for bodies of people: short ones, of which some may be sent by who has not signed in yet. They have a share of
 * their own, so that nobody keeps agents waiting with them.
 */
export function questionLimits(limits: HttpLimits): HttpLimits {
  return {
    ...limits,
    bodyBytes: Math.min(limits.bodyBytes, questionBytes),
    decompressedBytes: Math.min(limits.decompressedBytes, questionBytes),
    openBodyBytes: 32 * questionBytes,
  }
}

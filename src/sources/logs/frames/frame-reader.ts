/** Reads the bytes of a file, cut anywhere, by one framing. */
export interface FrameReader {
  /** The next bytes of the file, of which the first is at `position`. */
  readonly take: (bytes: Buffer, position: number) => void
  /** Nothing more comes of the file: what is left of it is read as well as it can be. */
  readonly end: () => void
  /** Hands on what has waited for the rest of its line since before `sinceMs` (monotonic milliseconds). */
  readonly settle: (sinceMs: number) => void
}

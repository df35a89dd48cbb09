/** What the kernel keeps for a socket until it is read. */
export interface Queue {
  /** Which part of it was taken by what has just been read, 0 to 1. */
  readonly fillOf: (packets: number, bytes: number) => number
  /** Longest pause between two readings, in milliseconds, that the busiest client does not notice who begins during it. */
  readonly longestNapMs: number
}

/** The kernel keeps a packet in a piece of memory of 2^n bytes, with so many bytes of its own in it and beside it. */
const withinBytes = 400
const besideBytes = 256
/** What a small packet takes by that. */
const smallPacketBytes = 1024
/** What one process of a client can send. */
const maxPacketsPerMs = 300
/** What is counted at intervals of 10 s does not become less exact by it, and fifty readings a second cost little. */
const maxNapMs = 20

/** A queue that is bounded by its bytes, as the kernel counts them: that of UDP. The fill is an estimate. */
export function byteQueue(sizeBytes: number): Queue {
  return {
    fillOf: (packets, bytes) => {
      if (packets === 0) return 0
      const eachBytes = 2 ** Math.ceil(Math.log2(bytes / packets + withinBytes)) + besideBytes
      return Math.min(1, (packets * eachBytes) / sizeBytes)
    },
    longestNapMs: longestNapMs(sizeBytes / smallPacketBytes),
  }
}

/** A queue that is bounded by its packets: that of a Unix socket. */
export function packetQueue(maxPackets: number): Queue {
  return {
    fillOf: (packets) => Math.min(1, packets / maxPackets),
    longestNapMs: longestNapMs(maxPackets),
  }
}

function longestNapMs(packets: number): number {
  return Math.min(maxNapMs, Math.floor(packets / maxPacketsPerMs))
}

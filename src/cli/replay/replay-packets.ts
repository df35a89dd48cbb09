import { setTimeout as sleep } from 'node:timers/promises'
import type { CapturedPacket } from '../../wire/dogstatsd-capture/captured-packet.ts'
import type { PacketOutlet } from './open-outlet.ts'

/** What was sent so far. */
export interface ReplayCount {
  packets: number
  bytes: number
  /** Packets that are longer than the outlet takes. */
  tooLong: number
}

/** How packets are sent. */
export interface Replay {
  readonly outlet: PacketOutlet
  readonly count: ReplayCount
  readonly signal: AbortSignal
  /** Called after each packet. */
  readonly onSent: (packet: CapturedPacket) => void
}

/** A timer is late by about as much. */
const shortestWaitMs = 1
/** However fast packets are read, signals are seen after so many. */
const packetsPerTurn = 256

/** Sends packets as far apart as they came, counting from the first; returns early when the signal aborts. */
export async function replayPackets(
  packets: AsyncIterable<CapturedPacket>,
  { outlet, count, signal, onSent }: Replay,
): Promise<void> {
  const startMs = performance.now()
  let firstMs: number | undefined
  for await (const packet of packets) {
    firstMs ??= packet.timeMs
    const waitMs = packet.timeMs - firstMs - (performance.now() - startMs)
    if (waitMs > shortestWaitMs) await pause(waitMs, signal)
    else if (count.packets % packetsPerTurn === 0) await sleep(0)
    if (signal.aborted) return
    if (await outlet.send(packet, signal)) {
      count.packets += 1
      count.bytes += packet.payload.length
      onSent(packet)
    } else if (!signal.aborted) {
      count.tooLong += 1
    }
  }
}

/** A timer takes no more than 2^31 ms. */
async function pause(waitMs: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.min(waitMs, 2 ** 31 - 1), undefined, { signal }).catch(() => {})
}

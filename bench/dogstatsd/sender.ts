// A process that sends packets and measures nothing but itself: `node bench/dogstatsd/sender.ts '<Load as JSON>'` prints
// what it sent as JSON.
import { makePackets, type Load, type Sent } from './load.ts'
import { openOutlet } from './outlet.ts'

/** Packets in one call of the kernel. */
const batch = 64
/** A shorter wait is spun: waking up takes as long. */
const shortestSleepMs = 0.2
const sleeper = new Int32Array(new SharedArrayBuffer(4))

if (import.meta.main) {
  const load: Load = JSON.parse(process.argv[2] ?? '')
  console.log(JSON.stringify(send(load)))
}

/** Sends for as long as the load says. */
function send(load: Load): Sent {
  const packets = makePackets(load)
  const outlet = openOutlet(load, packets)
  const total = packets.ends.length
  const sent = { packets: 0, metrics: 0, counted: 0, refused: 0 }
  const startMs = performance.now()
  const cpuBefore = process.cpuUsage()
  let elapsedMs = 0
  let at = 0
  for (; elapsedMs < load.durationMs; elapsedMs = performance.now() - startMs) {
    const due = countDue(load, elapsedMs, sent.packets + sent.refused)
    if (due === 0) continue
    const count = Math.min(due, batch, total - at)
    const taken = outlet.send(at, count)
    for (let one = at; one < at + taken; one += 1) {
      sent.metrics += packets.metrics[one] ?? 0
      sent.counted += packets.counted[one] ?? 0
    }
    sent.packets += taken
    // One that waits tries the rest again.
    const passed = load.isPatient ? taken : count
    sent.refused += passed - taken
    at = (at + passed) % total
  }
  const { user, system } = process.cpuUsage(cpuBefore)
  return { ...sent, seconds: elapsedMs / 1000, cpuSeconds: (user + system) / 1e6 }
}

/** How many packets may go now by the load's rate; sleeps when the next one is not due soon. */
function countDue({ packetsPerS }: Load, elapsedMs: number, offered: number): number {
  if (packetsPerS === 0) return batch
  const due = Math.floor((elapsedMs / 1000) * packetsPerS) - offered
  if (due > 0) return due
  const waitMs = ((offered + 1) / packetsPerS) * 1000 - elapsedMs
  if (waitMs > shortestSleepMs) Atomics.wait(sleeper, 0, 0, waitMs)
  return 0
}

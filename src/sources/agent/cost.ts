/** The cost is told over this long: a single second would jump with each garbage collection. */
const windowMs = 10_000

/** What this process uses: share of one core, and resident memory. */
export interface Cost {
  readonly cpuRatio: number
  readonly rssBytes: number
}

/**
 * Measures this process.
 * @returns A function that gives the cost over the last ten seconds, or since the start when that is less ago.
 */
export function createCostMeter(): () => Cost {
  const readings: { atMs: number; cpuMicros: number }[] = [read()]
  return () => {
    const now = read()
    readings.push(now)
    while (readings.length > 2 && now.atMs - (readings[1]?.atMs ?? now.atMs) >= windowMs)
      readings.shift()
    const oldest = readings[0] ?? now
    const elapsedMs = now.atMs - oldest.atMs
    return {
      cpuRatio: elapsedMs <= 0 ? 0 : (now.cpuMicros - oldest.cpuMicros) / 1000 / elapsedMs,
      rssBytes: process.memoryUsage.rss(),
    }
  }
}

function read(): { atMs: number; cpuMicros: number } {
  const { user, system } = process.cpuUsage()
  return { atMs: performance.now(), cpuMicros: user + system }
}

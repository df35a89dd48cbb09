/** What the server itself costs. */
export interface ServerUsage {
  readonly rssBytes: number
  /** Share of one core over the last second or more. */
  readonly cpuRatio: number
}

const shortestMs = 1000

/** Gives the way to ask what this process costs, each time since at least a second ago. */
export function watchServerUsage(): () => ServerUsage {
  let atMs = performance.now() - process.uptime() * 1000
  let usedMicros = 0
  let cpuRatio = 0
  return () => {
    const nowMs = performance.now()
    if (nowMs - atMs >= shortestMs) {
      const { user, system } = process.cpuUsage()
      cpuRatio = (user + system - usedMicros) / 1000 / (nowMs - atMs)
      usedMicros = user + system
      atMs = nowMs
    }
    return { rssBytes: process.memoryUsage.rss(), cpuRatio }
  }
}

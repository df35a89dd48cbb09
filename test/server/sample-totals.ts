import type { ContainerTotals } from '../../src/model/container-totals.ts'

/** What a run of two seconds used that ended just now; its container's id is made of one digit. */
export function sampleTotals(
  digit: string,
  change: Partial<ContainerTotals> = {},
): ContainerTotals {
  const finishedAtMs = change.finishedAtMs ?? Math.floor(Date.now() / 1000) * 1000
  return {
    kind: 'container-totals',
    host: 'debian-1',
    containerId: digit.repeat(64),
    name: `job-${digit}`,
    image: 'registry:5000/team/job:1.2',
    tags: [`container_name:job-${digit}`, 'short_image:job'],
    startedAtMs: finishedAtMs - 2000,
    finishedAtMs,
    exitCode: 0,
    wasOomKilled: false,
    cpuNanos: 1_500_000_000,
    cpuUserNanos: 1_000_000_000,
    cpuSystemNanos: 500_000_000,
    memoryPeakBytes: 1_048_576,
    readBytes: 4096,
    writtenBytes: 0,
    receivedBytes: 100,
    sentBytes: 50,
    throttledNanos: 250_000_000,
    method: 'last_reading',
    isExact: true,
    reason: '',
    ...change,
  }
}

/** The same where hardly anything could be read. */
export function estimatedTotals(
  digit: string,
  change: Partial<ContainerTotals> = {},
): ContainerTotals {
  const { kind, host, containerId, name, image, tags, startedAtMs, finishedAtMs, wasOomKilled } =
    sampleTotals(digit, change)
  const identity = { kind, host, containerId, name, image, tags }
  const reason = 'its counters were gone before they could be read'
  const way = { method: 'last_sample', isExact: false, reason } as const
  return { ...identity, startedAtMs, finishedAtMs, wasOomKilled, ...way, ...change }
}

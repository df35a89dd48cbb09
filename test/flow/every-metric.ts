import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import type { Point } from '../../src/model/series.ts'
import type { Engine, StartedContainer } from '../engine/engine.ts'
import type { KernelView } from './kernel-metrics.ts'

const mebibyte = 2 ** 20

/** A container that has everything that can be limited, works, writes, and talks in two networks. */
export async function startFullContainer(
  engine: Engine,
  folder: string,
): Promise<StartedContainer> {
  const [first, second] = [await engine.createNetwork(), await engine.createNetwork()]
  const device = deviceOf(folder)
  const started = await engine.run({
    command: [
      'sh',
      '-c',
      'while :; do dd if=/dev/zero of=/x bs=64k count=16 conv=fsync 2>/dev/null; ping -c 1 -W 1 $(hostname) >/dev/null; sleep 0.05; done',
    ],
    cpus: 0.5,
    network: first,
    hostConfig: {
      Memory: 64 * mebibyte,
      MemoryReservation: 32 * mebibyte,
      MemorySwap: 96 * mebibyte,
      PidsLimit: 50,
      CpuShares: 512,
      // On v1 the kernel counts the I/O of those alone that have a limit of it.
      ...(device !== undefined && { BlkioDeviceWriteBps: [{ Path: device, Rate: 2 ** 30 }] }),
    },
  })
  await engine.request({
    method: 'POST',
    path: `/networks/${second}/connect`,
    body: { Container: started.id },
  })
  return started
}

/** Path of the block device under a folder; absent where there is none. */
function deviceOf(folder: string): string | undefined {
  const { dev } = statSync(folder)
  const [major, minor] = [(dev >> 8) & 0xfff, (dev & 0xff) | ((dev >> 12) & 0xfff00)]
  const row = new RegExp(`^ *${major} +${minor} (\\S+) `, 'm')
  const name = row.exec(readFileSync('/proc/diskstats', 'utf8'))?.[1]
  return name === undefined ? undefined : `/dev/${name}`
}

/** The points of one container, by metric. */
export function byMetric(points: readonly Point[], id: string): ReadonlyMap<string, Point[]> {
  const own = points.filter(({ series }) => series.tags.includes(`container_id:${id}`))
  return Map.groupBy(own, ({ series }) => series.metric)
}

/** Everything that the kernel's files have is told, and nothing else. */
export function assertEveryMetric(
  seen: ReadonlyMap<string, readonly Point[]>,
  { metrics }: KernelView,
): void {
  assert.deepEqual([...seen.keys()].toSorted(), metrics)
  for (const points of seen.values())
    for (const { series, value } of points)
      assert.ok(Number.isFinite(value) && value >= 0, `${series.metric} is ${value}`)
}

/** The limits that `startFullContainer()` asks for. */
export function assertLimits(
  seen: ReadonlyMap<string, readonly Point[]>,
  kernel: KernelView,
): void {
  const exact = {
    'docker.cpu.limit': 50,
    'container.cpu.limit': 5e8,
    'docker.mem.limit': 64 * mebibyte,
    'container.memory.limit': 64 * mebibyte,
    'docker.mem.soft_limit': 32 * mebibyte,
    'docker.mem.sw_limit': kernel.valueOf('docker.mem.sw_limit'),
    'docker.thread.limit': 50,
  }
  for (const [metric, value] of Object.entries(exact))
    assert.equal(seen.get(metric)?.at(-1)?.value, value, metric)
  // Shares are turned into a weight, and back, with a loss.
  const shares = seen.get('docker.cpu.shares')?.at(-1)?.value ?? 0
  assert.ok(Math.abs(shares - 512) <= 16, `${shares} shares`)
}

/** A view taken before and one taken after the points: what grows must lie between them. */
export function assertBetween(
  seen: ReadonlyMap<string, readonly Point[]>,
  [before, after]: readonly [KernelView, KernelView],
): void {
  const gauges = ['container.memory.usage.peak', 'container.memory.oom_events'] as const
  for (const metric of gauges) {
    const value = seen.get(metric)?.at(-1)?.value ?? -1
    assert.ok(value >= before.valueOf(metric) && value <= after.valueOf(metric), metric)
  }
  const counts = ['container.memory.page_faults', 'container.memory.major_page_faults'] as const
  for (const metric of counts) {
    const counted = (seen.get(metric) ?? []).reduce((sum, { value }) => sum + value, 0)
    const growth = after.valueOf(metric) - before.valueOf(metric)
    assert.ok(counted <= growth, `${metric}: ${counted} told, ${growth} counted by the kernel`)
  }
}

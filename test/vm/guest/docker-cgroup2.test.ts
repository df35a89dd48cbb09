import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Item } from '../../../src/model/item.ts'
import type { Point } from '../../../src/model/series.ts'
import { openEngine } from '../../engine/engine.ts'
import { openKernelCounters, type KernelReading } from '../../flow/kernel-counters.ts'
import { cgroupDrivers, engineHost } from './guest-engines.ts'
import { runCheck } from './run-check.ts'

const pollMs = 50
const groupPatterns = {
  systemd: /^\/system\.slice\/docker-[0-9a-f]{64}\.scope$/,
  cgroupfs: /^\/docker\/[0-9a-f]{64}$/,
}

for (const driver of cgroupDrivers) {
  describe(`Docker on cgroup v2 with the ${driver} driver`, () => {
    test('the agent gives what the kernel counts of a busy container', async () => {
      await using engine = openEngine(engineHost(driver))
      const memoryBytes = 32 * 2 ** 20
      const command = [
        'sh',
        '-c',
        'x=$(head -c 4000000 /dev/zero | tr "\\0" a); while :; do :; done',
      ]
      const { id, pid } = await engine.run({ command, cpus: 0.2, memoryBytes })
      assert.match(await readGroup(pid), groupPatterns[driver])
      await waitForKey(await readGroup(pid), 'memory.stat', ({ anon = 0 }) => anon > 3e6)
      const checkEnd = new AbortController()
      const [items, readings] = await Promise.all([
        runCheck(engine.dockerHost, 10).finally(() => checkEnd.abort()),
        readEachSecond(id, checkEnd.signal),
      ])
      const points = pointsOf(items, id)

      assert.deepEqual(new Set(valuesOf(points, 'docker.cpu.limit')), new Set([20]))
      assert.deepEqual(new Set(valuesOf(points, 'docker.mem.limit')), new Set([memoryBytes]))
      // A point of CPU covers the second up to it, but for the first, which covers what is left of a second.
      const [first, ...whole] = points
        .filter(({ series }) => series.metric === 'docker.cpu.usage')
        .toSorted((a, b) => a.timeMs - b.timeMs)
      const from = readings.get((first?.timeMs ?? 0) / 1000)
      const to = readings.get((whole.at(-1)?.timeMs ?? 0) / 1000)
      assert.ok(from !== undefined && to !== undefined && to.timeS - from.timeS >= 5)
      const kernelUsage = (to.cpuNanos - from.cpuNanos) / 1e7 / (to.timeS - from.timeS)
      assertClose(average(whole.map(({ value }) => value)), kernelUsage)
      assertClose(average(valuesOf(points, 'docker.mem.rss')), to.rssBytes)
    })

    // What the engine says of it (`OOMKilled`, the event `oom`) is not tested: its watch loses the race against a scope
    // that systemd removes at once.
    test('the kernel counts the kill of a process past the memory limit', async () => {
      await using engine = openEngine(engineHost(driver))
      const command = ['sh', '-c', 'tail /dev/zero; sleep 1000000']
      const { pid } = await engine.run({ command, memoryBytes: 16 * 2 ** 20 })
      await waitForKey(await readGroup(pid), 'memory.events', ({ oom_kill }) => oom_kill === 1)
    })
  })
}

/** Reads the kernel's counters at each whole second until the signal; the readings by their second. */
async function readEachSecond(id: string, until: AbortSignal): Promise<Map<number, KernelReading>> {
  const kernel = openKernelCounters(id)
  const readings = new Map<number, KernelReading>()
  while (!until.aborted) {
    const reading = await kernel.readAtWholeSecond(1)
    readings.set(reading.timeS, reading)
  }
  return readings
}

function pointsOf(items: readonly Item[], id: string): Point[] {
  const points = items.filter((item) => item.kind === 'point')
  return points.filter(({ series }) => series.tags.includes(`container_id:${id}`))
}

function valuesOf(points: readonly Point[], metric: string): number[] {
  return points.filter(({ series }) => series.metric === metric).map(({ value }) => value)
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** An emulated processor that is shared reads late now and then; the exact comparison is that on the real one. */
function assertClose(actual: number, expected: number): void {
  assert.ok(
    Math.abs(actual - expected) <= 0.03 * expected,
    `${actual} is more than 3 % from ${expected}`,
  )
}

/** Path of the process's cgroup from the mount of the hierarchy. */
async function readGroup(pid: number): Promise<string> {
  return (await readFile(`/proc/${pid}/cgroup`, 'utf8')).trim().replace('0::', '')
}

async function waitForKey(
  group: string,
  file: string,
  isReached: (keys: Record<string, number>) => boolean,
): Promise<void> {
  for (;;) {
    const lines = (await readFile(join('/sys/fs/cgroup', group, file), 'utf8')).trim().split('\n')
    const pairs = lines
      .map((line) => line.split(' '))
      .map(([key = '', value]) => [key, Number(value)])
    if (isReached(Object.fromEntries(pairs))) return
    await sleep(pollMs)
  }
}

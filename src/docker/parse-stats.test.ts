import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { parseStats, type EngineStats } from './parse-stats.ts'

function read(name: string): unknown {
  const url = new URL(`stats-cases/${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(url, 'utf8'))
}

/** Only what is there. */
function present(stats: EngineStats | undefined): Partial<EngineStats> {
  return Object.fromEntries(Object.entries(stats ?? {}).filter(([, value]) => value !== undefined))
}

/** An answer with nothing but the time, and `parts`. */
function parse(parts: object): Partial<EngineStats> {
  const { readAtMs: _readAtMs, ...rest } = present(
    parseStats({ read: '2026-11-21T14:42:52.855688346Z', ...parts }),
  )
  return rest
}

describe('parseStats()', () => {
  test('reads what Docker tells on cgroup v1', () => {
    const stats = present(parseStats(read('docker-v1')))
    const { interfaces, ...figures } = stats
    assert.deepEqual(Object.keys(figures).toSorted(), [
      'cpuNanos',
      'cpuSystemNanos',
      'cpuUserNanos',
      'majorPageFaults',
      'memoryAnonBytes',
      'memoryFileBytes',
      'memoryInactiveFileBytes',
      'memoryPeakBytes',
      'memoryUsageBytes',
      'onlineCpus',
      'pageFaults',
      'quotaPeriods',
      'readAtMs',
      'threads',
      'throttledNanos',
      'throttledPeriods',
    ])
    assert.equal(stats.memoryAnonBytes, 61_440)
    assert.equal(interfaces?.[0]?.name, 'eth0')
  })

  test('reads what Docker tells on cgroup v2', () => {
    assert.deepEqual(present(parseStats(read('docker-v2'))), {
      readAtMs: Date.parse('2026-11-21T09:14:02.851Z'),
      cpuNanos: 6_735_746_000,
      cpuUserNanos: 384_781_000,
      cpuSystemNanos: 6_350_965_000,
      onlineCpus: 2,
      quotaPeriods: 192,
      throttledPeriods: 99,
      throttledNanos: 3_485_530_000,
      memoryUsageBytes: 7_155_712,
      memoryAnonBytes: 163_840,
      memoryFileBytes: 6_385_664,
      memoryInactiveFileBytes: 6_197_248,
      memoryKernelBytes: 448_240,
      pageFaults: 8054,
      majorPageFaults: 2,
      threads: 2,
      threadLimit: 4915,
      devices: [
        {
          device: '254:0',
          readBytes: 217_088,
          writtenBytes: 302_309_376,
          readOperations: undefined,
          writeOperations: undefined,
        },
      ],
      interfaces: [
        {
          name: 'eth0',
          receivedBytes: 1046,
          sentBytes: 42,
          receivedPackets: 13,
          sentPackets: 1,
          receiveErrors: 0,
          sendErrors: 0,
          receiveDrops: 0,
          sendDrops: 0,
        },
      ],
    })
  })

  test('has no memory by kind and no throttling from Podman, which tells neither', () => {
    const stats = present(parseStats(read('podman-v1')))
    assert.ok(stats.cpuNanos !== undefined && stats.memoryUsageBytes !== undefined)
    assert.ok(!('memoryAnonBytes' in stats) && !('throttledNanos' in stats))
  })

  test('gives nothing for a container that does not run', () => {
    assert.equal(parseStats(read('docker-stopped')), undefined)
  })

  test('has no figure, not a zero, for each part that is missing', () => {
    assert.deepEqual(parse({}), {})
    const nothing = {
      cpu_stats: {
        cpu_usage: { total_usage: 0, usage_in_usermode: 0, usage_in_kernelmode: 0 },
        throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
      },
      memory_stats: {},
      pids_stats: {},
      blkio_stats: { io_service_bytes_recursive: null, io_serviced_recursive: [] },
    }
    assert.deepEqual(parse(nothing), {})
  })

  test('keeps a zero that was counted', () => {
    const parts = {
      cpu_stats: { cpu_usage: { total_usage: 5, usage_in_usermode: 5, usage_in_kernelmode: 0 } },
      memory_stats: { usage: 9, stats: { total_rss: 0, total_cache: 0 } },
    }
    assert.deepEqual(parse(parts), {
      cpuNanos: 5,
      cpuUserNanos: 5,
      cpuSystemNanos: 0,
      memoryUsageBytes: 9,
      memoryAnonBytes: 0,
      memoryFileBytes: 0,
    })
  })

  test('takes what is as large as "no limit" for absent', () => {
    const parts = {
      pids_stats: { current: 3, limit: 2 ** 64 },
      memory_stats: { stats: { total_rss: 2 ** 64 - 4096 } },
    }
    assert.deepEqual(parse(parts), { threads: 3 })
  })

  test('adds up bytes and operations by device on cgroup v1, without the sums of the engine', () => {
    const entry = (minor: number, op: string, value: number): object => ({
      major: 254,
      minor,
      op,
      value,
    })
    const parts = {
      blkio_stats: {
        io_service_bytes_recursive: [
          entry(0, 'Read', 10),
          entry(0, 'Write', 20),
          entry(0, 'Total', 30),
          entry(16, 'Read', 1),
          entry(16, 'Write', 2),
        ],
        io_serviced_recursive: [entry(0, 'Read', 3), entry(0, 'Write', 4), entry(0, 'Sync', 7)],
      },
    }
    assert.deepEqual(parse(parts).devices, [
      { device: '254:0', readBytes: 10, writtenBytes: 20, readOperations: 3, writeOperations: 4 },
      {
        device: '254:16',
        readBytes: 1,
        writtenBytes: 2,
        readOperations: undefined,
        writeOperations: undefined,
      },
    ])
  })

  for (const [what, json] of [
    ['text', 'no stats'],
    ['an answer without a time', {}],
  ] as const) {
    test(`refuses ${what}`, () => assert.throws(() => parseStats(json)))
  }
})

import type { BoardedContainer } from '../../src/component/container-board.ts'
import type { ContainerReading } from '../../src/component/container-readings.ts'

/** A running container as the board has it. */
export function makeBoarded(change: Partial<BoardedContainer> = {}): BoardedContainer {
  return {
    id: 'a'.repeat(64),
    name: 'web',
    image: 'nginx:1',
    runtime: 'docker',
    labels: {},
    tags: [],
    state: 'running',
    createdAtMs: 1_795_000_000_000,
    startedAtMs: 1_795_000_001_000,
    log: { driver: 'json-file', path: '', isTty: false, label: '' },
    ...change,
  }
}

/** A reading in which every figure is there and no two are the same. */
export function makeContainerReading(change: Partial<ContainerReading> = {}): ContainerReading {
  return {
    timeMs: 1_795_000_100_500,
    cgroupPath: `/docker/${'a'.repeat(64)}`,
    cpuNanos: 12_345_678_901,
    cpuUserNanos: 10_000_000_000,
    cpuSystemNanos: 2_345_678_901,
    quotaPeriods: 100,
    throttledPeriods: 7,
    throttledNanos: 1_250_000_000,
    memoryUsageBytes: 50_000_000,
    memoryPeakBytes: 60_000_000,
    memoryAnonBytes: 30_000_000,
    memoryFileBytes: 15_000_000,
    memoryInactiveFileBytes: 9_000_000,
    memoryKernelBytes: 1_000_000,
    memorySwapBytes: 2_000_000,
    memoryLimitHits: 3,
    oomKills: 1,
    pageFaults: 4000,
    majorPageFaults: 5,
    threads: 12,
    openFiles: 34,
    cpuStalledNanos: 1_500_000_000,
    memoryStalledNanos: 2_500_000_000,
    ioStalledNanos: 3_500_000_000,
    devices: [
      {
        device: '8:0',
        name: 'sda',
        readBytes: 4096,
        writtenBytes: 8192,
        readOperations: 1,
        writeOperations: 2,
      },
    ],
    interfaces: [
      {
        name: 'eth0',
        receivedBytes: 1001,
        sentBytes: 2002,
        receivedPackets: 11,
        sentPackets: 22,
        receiveErrors: 13,
        sendErrors: 14,
        receiveDrops: 15,
        sendDrops: 16,
      },
    ],
    limits: {
      quotaCores: 0.5,
      cpuShares: 512,
      memoryBytes: 100_000_000,
      memorySoftBytes: 40_000_000,
      memorySwapBytes: 80_000_000,
      threads: 99,
    },
    ...change,
  }
}

/** One of which nothing could be read. */
export function makeEmptyReading(): ContainerReading {
  const full = makeContainerReading()
  const nothing = Object.fromEntries(Object.keys(full).map((key) => [key, undefined]))
  const { timeMs, cgroupPath, limits } = full
  const noLimits = Object.fromEntries(Object.keys(limits).map((key) => [key, undefined]))
  return { ...full, ...nothing, timeMs, cgroupPath, limits: { ...limits, ...noLimits } }
}

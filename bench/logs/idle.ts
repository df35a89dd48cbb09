import { appendFileSync, mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openLibc } from '../../src/libc/libc.ts'
import type { ByteTaker } from '../../src/sources/logs/byte-taker.ts'
import { createFileFollower } from '../../src/sources/logs/follow/create-file-follower.ts'
import type { FileFollower } from '../../src/sources/logs/follow/follow.ts'
import { median } from '../process-cost.ts'
import { reportFigures } from '../report.ts'

const fileCount = 1000
const rounds = 3
/** Twice the sweep. */
const roundMs = 20_000
const scanPeriodMs = 10_000
const bigBytes = 64 * 1024 * 1024
const probes = 20
const line = `${'{"log":"a line of a container that prints now and then"}'.padEnd(199)}\n`

/**
 * What 1,000 followed files cost that nobody writes to, each in a folder of its own as the engine has them; how soon a line
 * that was added to one of them is read; and what reading alone costs.
 * @returns Whether the bar holds.
 */
export async function benchLogsIdle(): Promise<boolean> {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-bench-idle-'))
  const bare = await measureIdle()
  const taker = new CountingTaker()
  const follower = openFollower()
  const paths = await followAll(follower, folder.path, taker)
  const idle = await measureIdle()
  const delays = await measureDelays(paths, taker)
  const readMibPerSecond = await measureReading(follower, join(folder.path, 'big.log'))
  follower.close()
  return reportFigures(`${fileCount} log files that are followed`, [
    { what: 'nobody writes, of one core', measured: idle, unit: '%', atMost: 0.5 },
    { what: 'the same process without them', measured: bare, unit: '%' },
    {
      what: 'from a line written to its bytes read',
      measured: median(delays),
      unit: 'ms',
      atMost: 50,
    },
    { what: 'reading alone, per second of CPU', measured: readMibPerSecond, unit: 'MiB' },
  ])
}

class CountingTaker implements ByteTaker {
  bytes = 0
  onBytes: () => void = () => undefined

  beginFile(): void {}
  take({ length }: Uint8Array): void {
    this.bytes += length
    this.onBytes()
  }
  endFile(): void {}
  settle(): void {}
  end(): void {}
  resumeAt(): { readonly fileId: bigint; readonly offset: number } {
    return { fileId: 0n, offset: 0 }
  }
}

function openFollower(): FileFollower {
  const opening = openLibc()
  if (opening.kind === 'absent') throw new Error(opening.reason)
  return createFileFollower(
    {
      openFilesLimit: 2 * fileCount,
      scanPeriodMs,
      closeTimeoutMs: 60_000,
      heldBytes: 2 ** 30,
      aggregationTimeoutMs: 1000,
      room: () => undefined,
      nowMs: () => performance.now(),
    },
    opening,
  )
}

function follow(follower: FileFollower, path: string, to: ByteTaker): Promise<void> {
  const following = follower.follow({
    path,
    rotation: 'numbered',
    hasTimedLines: true,
    to,
    resume: undefined,
    start: 'beginning',
    onRead: () => undefined,
    onFault: (message) => {
      throw new Error(message)
    },
  })
  return following.drained()
}

async function followAll(
  follower: FileFollower,
  root: string,
  taker: ByteTaker,
): Promise<readonly string[]> {
  const paths = Array.from({ length: fileCount }, (_, at) => join(root, `c${at}`, 'json.log'))
  for (const path of paths) {
    mkdirSync(join(path, '..'))
    writeFileSync(path, line)
    await follow(follower, path, taker)
  }
  // What was read last has settled.
  await sleep(3000)
  return paths
}

/** Share of one core, in percent: the median of some rounds. */
async function measureIdle(): Promise<number> {
  const shares: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage()
    await sleep(roundMs)
    const { user, system } = process.cpuUsage(before)
    shares.push((user + system) / 10 / roundMs)
  }
  return median(shares)
}

/** Milliseconds from the writing of a line until it is read, one file after the other. */
async function measureDelays(
  paths: readonly string[],
  taker: CountingTaker,
): Promise<readonly number[]> {
  const delays: number[] = []
  for (const path of paths.slice(0, probes)) {
    const { promise, resolve } = Promise.withResolvers<void>()
    taker.onBytes = resolve
    const from = performance.now()
    appendFileSync(path, line)
    await promise
    delays.push(performance.now() - from)
    await sleep(50)
  }
  return delays
}

async function measureReading(follower: FileFollower, path: string): Promise<number> {
  writeFileSync(path, line.repeat(bigBytes / line.length))
  const costs: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const taker = new CountingTaker()
    const before = process.cpuUsage()
    await follow(follower, path, taker)
    const { user, system } = process.cpuUsage(before)
    costs.push(taker.bytes / 1024 / 1024 / ((user + system) / 1e6))
  }
  return median(costs)
}

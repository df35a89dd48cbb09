import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath as pathOf } from 'node:url'
import { waitUntil } from '../../test/flow/wait-until.ts'
import type { Load } from './load.ts'
import { openRoom, type Room } from './room.ts'
import { endProcess, receiverPort, runSender, startInRoom } from './stage.ts'
import { readUsage } from '../process-cost.ts'

/** What a peer has taken in and flushed since its start. */
export interface PeerTally {
  packets: number
  metrics: number
  counted: number
  /** Unix milliseconds; 0 before the first. */
  flushedAtMs: number
}

/** What a peer did with a load. */
export interface PeerCourse {
  /** Metrics that it took in, by the seconds for which they were sent. */
  readonly metricsPerS: number
  /** CPU seconds for a million metrics that it took in, flushing included. */
  readonly cpuPerMillion: number
  readonly lostRatio: number
}

/** Starts a peer in a room; it tells by message when it listens. */
export type StartPeer = (room: Room, folder: string) => Promise<ChildProcess>

/** Longer than its interval of 10 s. */
const flushesWithinMs = 15_000
/** What still waits in its socket is read by then. */
const readWithinMs = 500

/** What one writes without thinking of speed. */
export const startPlainPeer: StartPeer = (room) =>
  startInRoom(room, [pathOf(new URL('plain-peer.ts', import.meta.url))])

/** The npm package `statsd` as it comes, with a backend that only adds up. */
export const startStatsd: StartPeer = async (room, folder) => {
  const configuration = join(folder, 'configuration.js')
  const backends = JSON.stringify([pathOf(new URL('statsd-backend.ts', import.meta.url))])
  await writeFile(
    configuration,
    `{ port: ${receiverPort}, backends: ${backends}, flushInterval: 10000 }`,
  )
  const main = pathOf(import.meta.resolve('statsd/stats.js'))
  const shim = pathOf(new URL('util-log.ts', import.meta.url))
  return startInRoom(room, ['--import', shim, main, configuration])
}

/** Sends loads to a peer by UDP, one after the other, each taken in and flushed before the next. */
export async function runPeer(
  start: StartPeer,
  loads: readonly Load[],
): Promise<readonly PeerCourse[]> {
  await using room = await openRoom()
  await using opened = new AsyncDisposableStack()
  const folder = opened.adopt(await mkdtemp(join(tmpdir(), 'vigie-bench-')), (path) =>
    rm(path, { recursive: true }),
  )
  const peer = opened.adopt(await start(room, folder), endProcess)
  const courses: PeerCourse[] = []
  for (const load of loads) courses.push(await runLoad(room, peer, load))
  return courses
}

async function runLoad(room: Room, peer: ChildProcess, load: Load): Promise<PeerCourse> {
  const pids = [peer.pid ?? 0]
  const [before, from] = [await askPeer(peer), readUsage(pids)]
  const sent = await runSender(room, load)
  const readByMs = Date.now() + readWithinMs
  const after = await waitUntil('a flush of the peer', flushesWithinMs, async () => {
    const tally = await askPeer(peer)
    return tally.flushedAtMs > readByMs && tally
  })
  const metrics = after.metrics - before.metrics
  return {
    metricsPerS: metrics / sent.seconds,
    cpuPerMillion: ((readUsage(pids).cpuSeconds - from.cpuSeconds) / metrics) * 1e6,
    lostRatio: 1 - metrics / sent.metrics,
  }
}

async function askPeer(peer: ChildProcess): Promise<PeerTally> {
  const answer = once(peer, 'message')
  peer.send('tally')
  const [tally]: [PeerTally] = Object(await answer)
  return tally
}

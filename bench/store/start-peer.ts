import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from '../../test/agent/find-free-port.ts'
import { waitUntil } from '../../test/flow/wait-until.ts'
import type { Contestant, Question } from './contestant.ts'
import { askedMetric } from './load.ts'
import { postUntilTaken } from './post.ts'
import { encodeRemoteWrite } from './remote-write.ts'
import { waitUntilIdle } from '../wait-until-idle.ts'

/** How a peer is started, and where it is spoken to. */
interface Peer {
  readonly name: string
  readonly program: string
  readonly options: (port: number, folder: string) => readonly string[]
  readonly dataFolder: string
  readonly readyPath: string
  /** Asked for before the end, so that all is on the disk. */
  readonly flushPath?: string
}

/** Debian's `victoria-metrics`. */
export const victoriaMetrics: Peer = {
  name: 'VictoriaMetrics',
  program: 'victoria-metrics',
  options: (port, folder) => [
    `-httpListenAddr=127.0.0.1:${port}`,
    `-storageDataPath=${join(folder, 'data')}`,
    '-retentionPeriod=2',
    '-search.latencyOffset=0s',
    '-search.disableCache',
  ],
  dataFolder: 'data',
  readyPath: '/health',
  flushPath: '/internal/force_flush',
}

/** Debian's `prometheus`. */
export const prometheus: Peer = {
  name: 'Prometheus',
  program: 'prometheus',
  options: (port, folder) => [
    `--web.listen-address=127.0.0.1:${port}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--config.file=${join(folder, 'prometheus.yml')}`,
    '--web.enable-remote-write-receiver',
    '--web.enable-admin-api',
    '--storage.tsdb.retention.time=60d',
  ],
  dataFolder: 'data',
  readyPath: '/-/ready',
}

/** Seconds that are on their way at the same time may overtake each other. */
const prometheusConfig = 'storage: { tsdb: { out_of_order_time_window: 1h } }\n'

/** Starts a peer of the machine's own packages on a fresh folder. */
export async function startPeer(peer: Peer): Promise<Contestant> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-bench-'))
  await writeFile(join(folder, 'prometheus.yml'), prometheusConfig)
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn(peer.program, peer.options(port, folder), { stdio: 'ignore' })
  const gone = once(child, 'exit')
  const agent = new Agent({ keepAlive: true })
  await waitUntil(`${peer.name} answers`, 30_000, async () => {
    const answer = await fetch(url + peer.readyPath)
    return answer.ok
  })
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    await gone
  }
  return {
    name: peer.name,
    pid: child.pid ?? 0,
    write: (load, seconds) =>
      postUntilTaken(`${url}/api/v1/write`, {
        body: encodeRemoteWrite(load, seconds),
        headers: {
          'content-type': 'application/x-protobuf',
          'content-encoding': 'snappy',
          'x-prometheus-remote-write-version': '0.1.0',
        },
        agent,
      }),
    settle: async () => {
      if (peer.flushPath !== undefined) await fetch(url + peer.flushPath)
      await waitUntilIdle(child.pid ?? 0)
    },
    ask: (question) => askPeer(url, question),
    measureDisk: async () => {
      await stop()
      return diskBytes(join(folder, peer.dataFolder))
    },
    async [Symbol.asyncDispose]() {
      agent.destroy()
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function askPeer(url: string, { fromS, toS, stepS, by }: Question): Promise<void> {
  const name = askedMetric.replaceAll('.', '_')
  const query = `avg by (${by}) (avg_over_time(${name}[${stepS}s]))`
  const search = new URLSearchParams({ query, start: `${fromS}`, end: `${toS}`, step: `${stepS}` })
  const answer = await fetch(`${url}/api/v1/query_range?${search.toString()}`)
  const text = await answer.text()
  if (!answer.ok || !text.includes(by)) throw new Error(`${url} answered ${text.slice(0, 300)}`)
}

function diskBytes(folder: string): number {
  return Number(execFileSync('du', ['-sb', folder], { encoding: 'utf8' }).split('\t', 1)[0])
}

import { Agent, request } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { constants, zstdCompress } from 'node:zlib'
import type { AgentReport } from '../../src/model/agent-report.ts'
import type { Container, Inventory } from '../../src/model/container.ts'
import { containerMetrics } from '../../src/model/metric-catalogue/container-metrics.ts'
import { dockerContainerMetrics } from '../../src/model/metric-catalogue/docker-container-metrics.ts'
import { encodeReport } from '../../src/wire/report/encode-report.ts'
import { PayloadTemplate } from './payload-template.ts'

const compress = promisify(zstdCompress)
const level = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }
/** Those of a container that are sent by their names. */
const metrics = [...dockerContainerMetrics, ...containerMetrics]
  .map(({ name }) => name)
  .slice(0, 40)

/** How one post went. */
export interface Posted {
  /** 0: the connection ended without an answer. */
  readonly status: number
  readonly tookMs: number
  /** What the server said, or what became of the connection. */
  readonly answer: string
}

/** What a simulated agent knows of its place in the fleet. */
export interface AgentPlace {
  readonly url: string
  readonly key: string
  readonly number: number
  readonly containers: number
  readonly intervalS: number
}

/** An agent of one host that sends what real ones do, with made-up figures: series, containers, and a report of itself. */
export class SimulatedAgent {
  readonly #place: AgentPlace
  readonly #host: string
  readonly #payloads: PayloadTemplate
  readonly #containers: readonly Container[]
  readonly #connections = new Agent({ keepAlive: true, maxSockets: 2 })
  #posts = 0

  constructor(place: AgentPlace) {
    this.#place = place
    this.#host = `host-${place.number}`
    this.#containers = Array.from({ length: place.containers }, (_, at) => this.#describe(at))
    const series = this.#containers.flatMap(({ tags }) =>
      metrics.map((metric) => ({
        metric,
        kind: 'gauge' as const,
        host: this.#host,
        tags,
        intervalS: place.intervalS,
      })),
    )
    this.#payloads = new PayloadTemplate(series)
  }

  /** Sends the figures of one moment. */
  async send(timeMs: number): Promise<readonly Posted[]> {
    const bodies = this.#payloads.fill(timeMs, inventValue)
    const posts = [
      this.#post('/api/vigie/v1/report', 'application/json', this.#report(timeMs)),
      ...bodies.map((body) => this.#post('/api/v2/series', 'application/x-protobuf', body)),
    ]
    return Promise.all(posts)
  }

  close(): void {
    this.#connections.destroy()
  }

  #report(timeMs: number): string {
    const isFirst = this.#posts++ === 0
    const inventory: Inventory = {
      kind: 'inventory',
      host: this.#host,
      timeMs,
      isFull: isFirst,
      containers: isFirst ? this.#containers : [],
      removedIds: [],
    }
    const agentReport: AgentReport = {
      kind: 'agent-report',
      agentId: `simulated-${this.#place.number}`,
      host: this.#host,
      timeMs,
      version: '0.1.0',
      pid: 1,
      startedAtMs: timeMs,
      cpuRatio: 0.01,
      rssBytes: 100_000_000,
      sources: [],
      dropped: {},
      bufferedBytes: 0,
      hostFacts: { cpuCount: 4, memoryBytes: 8e9, os: 'Debian', kernel: '6', cgroupVersion: 'v2' },
    }
    return encodeReport({
      inventories: [inventory],
      totals: [],
      ledgers: [],
      agentReports: [agentReport],
    })
  }

  async #post(route: string, contentType: string, text: Buffer | string): Promise<Posted> {
    const body = await compress(text, level)
    const { url, key } = this.#place
    const beganAt = performance.now()
    const went = await new Promise<Omit<Posted, 'tookMs'>>((resolve) => {
      const sent = request(`${url}${route}`, {
        method: 'POST',
        agent: this.#connections,
        headers: {
          'content-type': contentType,
          'content-encoding': 'zstd',
          'content-length': body.length,
          'dd-api-key': key,
        },
      })
      const fail = (error: unknown): void => resolve({ status: 0, answer: String(error) })
      sent.once('error', fail)
      sent.once('response', (answer) => {
        const status = answer.statusCode ?? 0
        readText(answer).then((said) => resolve({ status, answer: said }), fail)
      })
      sent.end(body)
    })
    return { ...went, tookMs: performance.now() - beganAt }
  }

  #describe(at: number): Container {
    const app = `app-${at % 20}`
    const id = (this.#place.number * 1000 + at).toString(16).padStart(64, 'c0ffee')
    const image = `registry.example.org/team/${app}:1.${at % 7}`
    return {
      id,
      name: `${app}-${at}`,
      image,
      imageId: `sha256:${'0'.repeat(64)}`,
      runtime: 'docker',
      state: 'running',
      health: 'none',
      createdAtMs: 1_700_000_000_000,
      startedAtMs: 1_700_000_000_000,
      wasOomKilled: false,
      restartCount: 0,
      command: 'serve',
      labels: { 'com.example.team': `team-${at % 5}` },
      env: [],
      ports: [],
      mounts: [],
      networks: [],
      networkMode: 'bridge',
      tags: [
        `container_id:${id}`,
        `container_name:${app}-${at}`,
        `docker_image:${image}`,
        `image_name:registry.example.org/team/${app}`,
        `short_image:${app}`,
        `image_tag:1.${at % 7}`,
        'runtime:docker',
        `service:${app}`,
        'env:prod',
      ],
    }
  }
}

/** A quarter of all figures stands still, as that of containers does. */
function inventValue(index: number): number {
  return index % 4 === 0 ? index * 4096 : Math.round(1e4 * Math.random()) / 100
}

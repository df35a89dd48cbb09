import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { makeLabels } from '../../src/model/prometheus/labels.ts'
import { findFreePort } from '../agent/find-free-port.ts'
import { startVigie, type Vigie } from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

/** Scrapes before the moment that is asked for; windows of `rate()` are as long. */
const scrapes = 12

/** What both are asked. */
const queries = [
  'sum(up)',
  'sum by (job) (prometheus_tsdb_head_series)',
  'sum(rate(prometheus_http_requests_total[10s]))',
  'sum by (handler, code) (increase(prometheus_http_requests_total{handler=~"/metrics|/api.*"}[10s]))',
  'histogram_quantile(0.9, sum by (le) (rate(prometheus_http_request_duration_seconds_bucket[10s])))',
  'avg_over_time(process_resident_memory_bytes[10s])',
  'count by (__name__) ({team="Team West, A/B", __name__=~".+_total"})',
  'job:up:sum',
  // Every series with its labels and its value.
  '{job=~".+"}',
]

describe("Debian's Prometheus, writing to the server", () => {
  let server: Vigie
  let folder: string
  let prometheus: ChildProcess
  let prometheusUrl: string
  let url: string

  before(async () => {
    server = await startVigie(['server'])
    url = await server.url()
    folder = await mkdtemp(join(tmpdir(), 'vigie-test-'))
    const port = await findFreePort()
    prometheusUrl = `http://127.0.0.1:${port}`
    await writeFile(join(folder, 'rules.yml'), rules)
    const config = configuration({ port, writeTo: `${url}/api/v1/write`, key: await server.key() })
    await writeFile(join(folder, 'prometheus.yml'), config)
    prometheus = spawn(
      'prometheus',
      [
        `--web.listen-address=127.0.0.1:${port}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--config.file=${join(folder, 'prometheus.yml')}`,
      ],
      { stdio: 'ignore' },
    )
  })

  after(async () => {
    if (prometheus.exitCode === null) {
      prometheus.kill('SIGTERM')
      await once(prometheus, 'exit')
    }
    await rm(folder, { recursive: true, force: true })
    await server[Symbol.asyncDispose]()
  })

  test('finds the same by PromQL here and there', async () => {
    const scrapedS = await waitUntil('some scrapes', 60_000, async () => {
      const [counted] = await ask(prometheusUrl, 'count_over_time(up[5m])')
      const [at] = await ask(prometheusUrl, 'timestamp(up)')
      return Number(counted?.value) >= scrapes && Number(at?.value)
    })
    // Between two scrapes: windows that begin with a sample are not the same in all versions of Prometheus.
    const timeS = scrapedS + 0.5
    await waitUntil('that moment', 10_000, () => Date.now() > timeS * 1000 + 500)
    for (const query of queries) {
      const theirs = keepNumbers(await ask(prometheusUrl, query, timeS))
      assert.ok(theirs.length > 0, query)
      await waitUntil(`${query} is the same`, 30_000, async () => {
        assert.deepEqual(await ask(`${url}/prometheus`, query, timeS), theirs)
        return true
      })
    }
  })
})

interface Sample {
  readonly labels: string
  readonly value: string
}

/** The answer to an instant query, sorted by labels. */
async function ask(url: string, query: string, timeS?: number): Promise<Sample[]> {
  const search = new URLSearchParams({ query, ...(timeS && { time: String(timeS) }) })
  const answer = await fetch(`${url}/api/v1/query?${search.toString()}`)
  const body: unknown = await answer.json()
  assert.ok(isVector(body), JSON.stringify(body).slice(0, 300))
  return body.data.result
    .map(({ metric, value: [, value] }) => ({
      labels: JSON.stringify(makeLabels(Object.entries(metric))),
      value: roundedText(value),
    }))
    .toSorted((one, other) => (one.labels < other.labels ? -1 : 1))
}

interface VectorAnswer {
  readonly data: {
    readonly result: readonly {
      readonly metric: Record<string, string>
      readonly value: readonly [number, string]
    }[]
  }
}

function isVector(body: unknown): body is VectorAnswer {
  return typeof body === 'object' && body !== null && 'data' in body
}

/** Sums are not added up in the same order: their last digits differ. */
function roundedText(value: string): string {
  return Number.isFinite(Number(value)) ? Number(value).toPrecision(12) : value
}

/** What is no number is not kept here. */
function keepNumbers(samples: readonly Sample[]): Sample[] {
  return samples.filter(({ value }) => Number.isFinite(Number(value)))
}

const rules = `
groups:
  - name: sums
    interval: 1s
    rules:
      - { record: 'job:up:sum', expr: 'sum by (job) (up)' }
`

function configuration({
  port,
  writeTo,
  key,
}: {
  readonly port: number
  readonly writeTo: string
  readonly key: string
}): string {
  return `
global: { scrape_interval: 1s }
rule_files: [rules.yml]
scrape_configs:
  - job_name: Prometheus Itself
    static_configs: [{ targets: ['127.0.0.1:${port}'], labels: { team: 'Team West, A/B', host: 'Node-1' } }]
remote_write:
  - url: ${writeTo}
    authorization: { credentials: ${key} }
    queue_config: { batch_send_deadline: 1s }
`
}

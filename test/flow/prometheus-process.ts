import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from '../agent/find-free-port.ts'
import { waitUntil } from './wait-until.ts'

/** One series of an answer. */
export interface PromSample {
  readonly labels: Readonly<Record<string, string>>
  readonly timeS: number
  readonly value: number
}

/** Debian's `prometheus`, which also takes what is written to it. */
export interface PrometheusProcess extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  /** What an instant query answers at present. */
  readonly ask: (query: string) => Promise<readonly PromSample[]>
}

interface Answer {
  readonly data: {
    readonly result: readonly {
      readonly metric: Readonly<Record<string, string>>
      readonly value: readonly [number, string]
    }[]
  }
}

/** Starts it on an empty folder; it scrapes these each second. */
export async function startPrometheus(targets: readonly string[]): Promise<PrometheusProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-test-'))
  const configFile = join(folder, 'prometheus.yml')
  const config = {
    global: { scrape_interval: '1s' },
    scrape_configs: [{ job_name: 'vigie', static_configs: [{ targets }] }],
  }
  // JSON is YAML.
  await writeFile(configFile, JSON.stringify(config))
  const url = `http://127.0.0.1:${await findFreePort()}`
  const options = [
    `--web.listen-address=${url.slice('http://'.length)}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--config.file=${configFile}`,
    '--web.enable-remote-write-receiver',
  ]
  const child = spawn('prometheus', options, { stdio: 'ignore' })
  const gone = once(child, 'exit')
  await waitUntil('Prometheus is ready', 30_000, async () => (await fetch(`${url}/-/ready`)).ok)
  return {
    url,
    ask: (query) => askInstant(url, query),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Asks whoever speaks Prometheus' query API. */
export async function askInstant(url: string, query: string): Promise<readonly PromSample[]> {
  const search = new URLSearchParams({ query })
  const answer = await fetch(`${url}/api/v1/query?${search.toString()}`)
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${text}`)
  const { data }: Answer = JSON.parse(text)
  return data.result.map(({ metric, value: [timeS, value] }) => ({
    labels: metric,
    timeS,
    value: Number(value),
  }))
}

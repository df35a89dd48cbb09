import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from '../agent/find-free-port.ts'
import { waitUntil } from './wait-until.ts'

/** Debian's `victoria-metrics`, as somebody else's intake. */
export interface VictoriaMetrics extends AsyncDisposable {
  /** What an agent of Datadog is given as `dd_url`. */
  readonly datadogUrl: string
  /** All points between two times of Unix seconds, the second left out, of the series that match. */
  readonly export: (match: string, fromS: number, toS: number) => Promise<readonly Exported[]>
}

/** A series by its labels, the name being `__name__`, and its values by Unix second. */
export interface Exported {
  readonly labels: Readonly<Record<string, string>>
  readonly values: ReadonlyMap<number, number>
}

interface ExportedLine {
  readonly metric: Readonly<Record<string, string>>
  readonly values: readonly number[]
  readonly timestamps: readonly number[]
}

/** Starts it on an empty folder. */
export async function startVictoriaMetrics(): Promise<VictoriaMetrics> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-test-'))
  const url = `http://127.0.0.1:${await findFreePort()}`
  const options = [`-httpListenAddr=${url.slice('http://'.length)}`, `-storageDataPath=${folder}`]
  const child = spawn('victoria-metrics', options, { stdio: 'ignore' })
  const gone = once(child, 'exit')
  await waitUntil('VictoriaMetrics answers', 30_000, async () => (await fetch(`${url}/health`)).ok)
  return {
    datadogUrl: `${url}/datadog`,
    export: async (match, fromS, toS) => {
      const search = new URLSearchParams({ 'match[]': match, start: `${fromS}`, end: `${toS - 1}` })
      await fetch(`${url}/internal/force_flush`)
      const answer = await fetch(`${url}/api/v1/export?${search.toString()}`)
      const text = await answer.text()
      if (!answer.ok) throw new Error(`VictoriaMetrics answered ${answer.status}: ${text}`)
      return text.split('\n').filter(Boolean).map(readLine)
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await gone
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function readLine(text: string): Exported {
  const { metric, values, timestamps }: ExportedLine = JSON.parse(text)
  return {
    labels: metric,
    values: new Map(timestamps.map((ms, at) => [ms / 1000, values[at] ?? Number.NaN])),
  }
}

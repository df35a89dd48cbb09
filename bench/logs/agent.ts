import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { truncateSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { agentRuntimeOption } from '../../src/cli/agent-process.ts'
import { startPrivateEngine } from '../../test/engine/private-engine.ts'
import { findLogFile } from '../../test/flow/numbered-lines.ts'
import { startVigie } from '../../test/flow/vigie-process.ts'
import { waitUntil } from '../../test/flow/wait-until.ts'
import { median, readPeak, readUsage } from '../process-cost.ts'
import { reportFigures, type Figure } from '../report.ts'
import type { LineTally } from './line-intake.ts'
import { makeLogFile } from './make-log-file.ts'

const mebibyte = 1024 * 1024
const lineCount = 2_000_000
const rounds = 3
const lateMs = 2000

/**
 * What reading logs costs the agent: a container's `json-file` of 2,000,000 lines of 200 bytes, from the disk to the server's
 * answer, measured on the shipped output; with a server that answers at once, and with one that takes two seconds.
 * @returns Whether all bars hold.
 */
export async function benchLogsAgent(): Promise<boolean> {
  await using engine = await startPrivateEngine()
  const { id } = await engine.run({ command: ['sleep', '1000000'] })
  const logFile = await findLogFile(engine, id)
  const sizeBytes = makeLogFile(logFile, lineCount)
  const prompt: Reading[] = []
  for (let round = 0; round < rounds; round += 1) {
    prompt.push(await measure(engine.dockerHost, { delayMs: 0, sizeBytes }))
  }
  const late = await measure(engine.dockerHost, { delayMs: lateMs, sizeBytes })
  truncateSync(logFile)
  return reportFigures(
    `Logs: ${lineCount / 1e6} million lines of 200 bytes, from the engine's file to the server's answer`,
    [...barsOf(prompt), ...barsOfLate(late)],
  )
}

function barsOf(readings: readonly Reading[]): readonly Figure[] {
  const perCore = readings.map(({ mebibytesPerCpuS }) => mebibytesPerCpuS)
  return [
    {
      what: 'read, for each second of CPU of the whole agent',
      measured: median(perCore),
      unit: 'MiB',
      atLeast: 40,
      noise: spreadOf(perCore),
    },
    {
      what: 'read, each second',
      measured: median(readings.map(({ mebibytesPerS }) => mebibytesPerS)),
      unit: 'MiB',
      noise: spreadOf(readings.map(({ mebibytesPerS }) => mebibytesPerS)),
    },
    {
      what: 'agent, highest memory',
      measured: Math.max(...readings.map(({ peakMebibytes }) => peakMebibytes)),
      unit: 'MiB',
      atMost: 150,
    },
    {
      what: 'over the wire, of what was read',
      measured: median(readings.map(({ wireShare }) => wireShare * 100)),
      unit: '%',
    },
    {
      what: 'lines that did not arrive, or not once',
      measured: Math.max(...readings.map(({ wrongLines }) => wrongLines)),
      unit: '',
      atMost: 0,
    },
  ]
}

function barsOfLate(reading: Reading): readonly Figure[] {
  return [
    {
      what: `with a server that answers after ${lateMs / 1000} s: read, each second`,
      measured: reading.mebibytesPerS,
      unit: 'MiB',
      ...(availableParallelism() > 1 && { atLeast: 40 }),
    },
    {
      what: 'so: agent, highest memory',
      measured: reading.peakMebibytes,
      unit: 'MiB',
      atMost: 150,
    },
    {
      what: 'so: lines that did not arrive, or not once',
      measured: reading.wrongLines,
      unit: '',
      atMost: 0,
    },
  ]
}

interface Reading {
  readonly mebibytesPerCpuS: number
  readonly mebibytesPerS: number
  readonly peakMebibytes: number
  readonly wireShare: number
  readonly wrongLines: number
}

async function measure(
  dockerHost: string,
  { delayMs, sizeBytes }: { readonly delayMs: number; readonly sizeBytes: number },
): Promise<Reading> {
  const intake = fork(join(import.meta.dirname, 'line-intake.ts'))
  const [port] = await once(intake, 'message')
  intake.send({ delayMs })
  const startMs = performance.now()
  await using agent = await startVigie(['agent'], {
    runtimeOptions: [agentRuntimeOption],
    env: {
      VIGIE_SERVER_URL: `http://127.0.0.1:${port}`,
      DD_API_KEY: '0'.repeat(32),
      DOCKER_HOST: dockerHost,
    },
  })
  const pid = agent.process.pid ?? 0
  await waitUntil('the first lines', 30_000, async () => (await askTally(intake)).lines > 0)
  const from = { usage: readUsage([pid]), tally: await askTally(intake) }
  await waitUntil('all lines', 300_000, async () => (await askTally(intake)).lines >= lineCount)
  const to = { usage: readUsage([pid]), tally: await askTally(intake) }
  const seconds = (to.usage.atMs - from.usage.atMs) / 1000
  const linesRead = to.tally.lines - from.tally.lines
  const mebibytes = (linesRead / lineCount) * (sizeBytes / mebibyte)
  // Acknowledgements of the last blocks: a line that comes twice would come by now.
  await sleep(delayMs + 1000)
  const last = await askTally(intake)
  intake.disconnect()
  console.log(`${((performance.now() - startMs) / 1000).toFixed(1)} s in all`)
  return {
    mebibytesPerCpuS: mebibytes / (to.usage.cpuSeconds - from.usage.cpuSeconds),
    mebibytesPerS: mebibytes / seconds,
    peakMebibytes: readPeak(pid) / mebibyte,
    wireShare: last.bodyBytes / sizeBytes,
    wrongLines: Math.abs(last.lines - lineCount) + (last.numbers === sumOfNumbers ? 0 : 1),
  }
}

const sumOfNumbers = (lineCount * (lineCount - 1)) / 2

async function askTally(intake: ChildProcess): Promise<LineTally> {
  const answer = once(intake, 'message')
  intake.send('tally')
  const [tally]: LineTally[] = await answer
  if (tally === undefined) throw new Error('The intake gave no tally')
  return tally
}

function spreadOf(values: readonly number[]): string {
  return `${Math.min(...values).toFixed(1)} to ${Math.max(...values).toFixed(1)}`
}

import { readFile, readdir, readlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ContainerSpec, Engine } from '../engine/engine.ts'
import { askSql } from './vigie-process.ts'

const linesOfRound = 200
/** A round takes some milliseconds and then rests, so that there are about 20,000 lines a second. */
const restMs = 8.5

/** What a writer stops at, once it is there. */
const stopFile = '/enough'

/**
 * A container that prints the numbers from 0 on, 200 in each round, and keeps 3 MB of them on disk: `count` of them, or else
 * until `endWriter()`.
 * @param pauseMs Between two rounds.
 */
export function numberedWriter({
  count,
  pauseMs = restMs,
}: { readonly count?: number; readonly pauseMs?: number } = {}): ContainerSpec {
  const isWanted = count === undefined ? `[ ! -e ${stopFile} ]` : `[ $i -lt ${count} ]`
  const script = `i=0; while ${isWanted}; do seq $i $((i + ${linesOfRound - 1})); i=$((i + ${linesOfRound})); usleep ${pauseMs * 1000}; done`
  return {
    command: ['sh', '-c', script],
    hostConfig: { LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '3' } } },
  }
}

/** The engine's file for what a container prints. */
export async function findLogFile(engine: Engine, id: string): Promise<string> {
  const { LogPath: path }: { LogPath: string } = Object(
    await engine.request({ method: 'GET', path: `/containers/${id}/json` }),
  )
  return path
}

/** Lets a writer without a count end. How many numbers it has printed. */
export async function endWriter(engine: Engine, id: string): Promise<number> {
  await engine.docker('exec', id, 'touch', stopFile)
  await engine.waitForEnd(id)
  return Number(await engine.docker('logs', '--tail', '1', id)) + 1
}

/** The lowest number that is still on disk; `undefined` when the files are just being exchanged. */
export async function readOldestNumber(logFile: string): Promise<number | undefined> {
  const names = await readdir(dirname(logFile))
  const rotated = names.filter((name) => name.startsWith(`${basename(logFile)}.`)).toSorted()
  for (const name of [...rotated.toReversed(), basename(logFile)]) {
    const text = await readFile(join(dirname(logFile), name), 'utf8').catch(() => '')
    const number = /^\{"log":"(\d+)\\n"/.exec(text)?.[1]
    if (number !== undefined) return Number(number)
  }
  return undefined
}

/** Whether a process has the file open. */
export async function hasOpen(pid: number, file: string): Promise<boolean> {
  const folder = `/proc/${pid}/fd`
  const names = await readdir(folder).catch(() => [])
  const targets = await Promise.all(
    names.map((name) => readlink(join(folder, name)).catch(() => '')),
  )
  return targets.includes(file)
}

/** Numbers of a container in the store. */
export interface StoredNumbers {
  readonly lines: number
  readonly distinct: number
  readonly highest: number
}

export async function readStoredNumbers(
  url: string,
  id: string,
  token?: string,
): Promise<StoredNumbers> {
  const [row = []] = await askSql(
    url,
    `SELECT count(), uniqExact(message), max(toUInt64OrZero(message)) FROM logs WHERE container_id = '${id}'`,
    token,
  )
  const [lines = 0, distinct = 0, highest = 0] = row.map(Number)
  return { lines, distinct, highest }
}

/** Numbers that are missing, as the ranges between two that are there. */
export async function findGaps(
  url: string,
  id: string,
): Promise<readonly { readonly after: number; readonly before: number }[]> {
  const rows = await askSql(
    url,
    `SELECT previous, number FROM (
       SELECT number, lagInFrame(number, 1, -1) OVER (ORDER BY number ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS previous
       FROM (SELECT DISTINCT toInt64(message) AS number FROM logs WHERE container_id = '${id}')
     ) WHERE number > previous + 1 ORDER BY number`,
  )
  return rows.map(([after, before]) => ({ after: Number(after), before: Number(before) }))
}

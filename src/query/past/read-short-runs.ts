import type { ContainerRecord } from '../../store/store.ts'
import { readRows } from '../metrics/read-rows.ts'
import type { ReadClient } from '../scope/read-client.ts'

/** Runs that are looked at; beyond, what was too short to be seen stays so. */
const maxRuns = 20_000

interface RunRow {
  readonly id: string
  readonly host: string
  readonly name: string
  readonly image: string
  readonly tags: string[]
  readonly startedMs: number
  readonly finishedMs: number
}

/** The moments within which a run was there. Unix milliseconds, `toMs` is exclusive. */
interface RunTime {
  readonly fromMs: number
  readonly toMs: number
}

/**
 * Containers that came and went between two looks of their agent, of which only their run is known: each as two states,
 * running from its start and removed at its end, as far as it was there in that time.
 */
export async function readShortRuns(
  client: ReadClient,
  time: RunTime,
): Promise<readonly ContainerRecord[]> {
  const runs = await readRows<RunRow>(
    client,
    (parameters) => `SELECT container_id AS id, host, name, image, tags,
      toFloat64(toUnixTimestamp64Milli(started)) AS startedMs, toFloat64(toUnixTimestamp64Milli(finished)) AS finishedMs
    FROM vigie.container_runs FINAL
    WHERE finished >= fromUnixTimestamp64Milli(${parameters.whole(time.fromMs)}, 'UTC')
      AND started < fromUnixTimestamp64Milli(${parameters.whole(time.toMs)}, 'UTC')
      AND container_id GLOBAL NOT IN (
        SELECT id FROM vigie.container_states WHERE id GLOBAL IN (
          SELECT container_id FROM vigie.container_runs
          WHERE finished >= fromUnixTimestamp64Milli(${parameters.whole(time.fromMs)}, 'UTC')
            AND started < fromUnixTimestamp64Milli(${parameters.whole(time.toMs)}, 'UTC')
        )
      )
    ORDER BY started LIMIT ${maxRuns}`,
  )
  return runs
    .flatMap((run) => [stateOf(run, 'running'), stateOf(run, 'removed')])
    .filter(({ timeMs }) => timeMs < time.toMs)
}

function stateOf(run: RunRow, state: 'running' | 'removed'): ContainerRecord {
  const { id, host, name, image, tags, startedMs, finishedMs } = run
  return {
    host,
    timeMs: state === 'running' ? startedMs : finishedMs,
    container: {
      id,
      name,
      image,
      tags,
      state,
      imageId: '',
      runtime: 'docker',
      health: 'none',
      createdAtMs: startedMs,
      startedAtMs: startedMs,
      wasOomKilled: false,
      restartCount: 0,
      command: '',
      labels: {},
      env: [],
      ports: [],
      mounts: [],
      networks: [],
      networkMode: '',
    },
  }
}

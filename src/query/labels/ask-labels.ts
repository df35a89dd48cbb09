import { ClickHouseError } from '@clickhouse/client'
import { StoreBusyError } from '../../store/store.ts'
import { readRows } from '../metrics/read-rows.ts'
import { QuestionError } from '../question-error.ts'
import type { ReadClient } from '../scope/read-client.ts'
import type { Labels } from './list-labels.ts'

/** Some labels of containers that are not live any more. */
export interface StoredLabelsRequest {
  /** Names, without regard to case. */
  readonly labels: readonly string[]
  readonly ids: readonly string[]
}

/** Of each container that the store knows, by id: those of its labels that were asked for. */
export type AskLabels = (request: StoredLabelsRequest) => Promise<ReadonlyMap<string, Labels>>

/**
 * What the store keeps of labels: those of each container as they were last written.
 * @throws {QuestionError} `busy` or `failed`.
 */
export async function askLabels(
  client: ReadClient,
  { labels, ids }: StoredLabelsRequest,
): Promise<ReadonlyMap<string, Labels>> {
  const names = labels.map((name) => name.toLowerCase())
  try {
    const rows = await readRows<{ readonly id: string; readonly found: Labels }>(
      client,
      (parameters) => `SELECT id,
        argMax(mapFilter((name, value) -> has(${parameters.texts(names)}, lowerUTF8(name)), labels), time) AS found
      FROM vigie.container_states WHERE id IN ${parameters.texts(ids)} GROUP BY id`,
    )
    return new Map(rows.map(({ id, found }) => [id, found]))
  } catch (error) {
    throw explain(error)
  }
}

function explain(error: unknown): unknown {
  if (error instanceof StoreBusyError) return new QuestionError('busy', error.message)
  if (!(error instanceof ClickHouseError)) return error
  const reason = 'the store could not answer; try again'
  return new QuestionError('failed', `Cannot read the labels: ${reason}`, { cause: error })
}

import { readRows } from '../metrics/read-rows.ts'
import type { ReadClient } from '../scope/read-client.ts'
import type { SqlParameters } from '../sql-parameters.ts'
import { happeningParts, type HappeningTime } from './happenings-sql.ts'
import type { StoredHappeningKind } from './stored-happening.ts'
import { surveyHappenings } from './survey-happenings.ts'

/** What is asked, and whether there are containers that the asker does not see. */
export interface HappeningStore {
  readonly read: ReadClient
  readonly isNarrowed: boolean
}

/** Which happenings are read. */
export interface HappenedRequest extends HappeningTime {
  /** The kinds of which there can be any that are meant. */
  readonly kinds: readonly StoredHappeningKind[]
}

/** Writes a statement over one that gives what happened. */
type WriteOver = (happened: string, parameters: SqlParameters) => string

/** The rows of a statement over what happened; none, and no statement, where nothing did. Throws what the store throws. */
export async function readHappened<Row>(
  { read, isNarrowed }: HappeningStore,
  { fromMs, toMs, kinds }: HappenedRequest,
  write: WriteOver,
): Promise<readonly Row[]> {
  const survey = await surveyHappenings(read, { fromMs, toMs })
  const span = { fromMs, toMs, isNarrowed, kinds, survey }
  const parts = happeningParts(span)
  if (parts.length === 0) return []
  return readRows<Row>(read, (parameters) => {
    const happened = parts.map((rowsSql) => rowsSql(span, parameters)).join('\nUNION ALL\n')
    return write(happened, parameters)
  })
}

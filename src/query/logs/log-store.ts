import type { LogOrigin } from '../../model/log-block.ts'
import type { OriginTable } from './origin-table.ts'
import type { StoredLine } from './fetch-lines.ts'
import type { ReadClient } from '../scope/read-client.ts'

/** What questions about logs are put to. */
export interface LogStore {
  readonly read: ReadClient
  readonly origins: OriginTable
}

/** A line with all that is known of it. */
export interface LogLine extends StoredLine {
  readonly origin: LogOrigin
}

/** Which lines are meant: a query, and a range of Unix milliseconds with both its ends. */
export interface LogRange {
  readonly query: string
  readonly fromMs: number
  readonly toMs: number
}

/** The lines with what is known of where they come from. */
export async function withOrigins(
  store: LogStore,
  lines: readonly StoredLine[],
): Promise<readonly LogLine[]> {
  const origins = await store.origins.find(lines.map(({ key }) => key.origin))
  return lines.flatMap((line) => {
    const origin = origins.get(line.key.origin)
    return origin === undefined ? [] : [{ ...line, origin }]
  })
}

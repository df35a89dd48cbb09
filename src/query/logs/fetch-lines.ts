import type { LogLevel, LogOutput } from '../../model/log-level.ts'
import type { SqlParameters } from '../sql-parameters.ts'
import type { LineKey } from './line-key.ts'
import type { ReadClient } from '../scope/read-client.ts'

/** A line without what is said of its origin. */
export interface StoredLine {
  readonly key: LineKey
  readonly level: LogLevel
  readonly output: LogOutput
  readonly message: string
  readonly attributes: Readonly<Record<string, string>>
}

export type LineOrder = 'asc' | 'desc'

/** One statement's worth of lines. */
export interface FetchRequest {
  /** The condition over `log_lines`; its values are bound in `parameters`. */
  readonly where: string
  readonly parameters: SqlParameters
  readonly order: LineOrder
  readonly limit: number
}

/** Rows as they are stored, some of them perhaps twice. */
export interface FetchedLines {
  readonly lines: readonly StoredLine[]
  /** Some were left out because of their length. */
  readonly isCut: boolean
}

/** Bytes of messages in one answer: lines beyond are left out. */
const maxMessageBytes = 16 * 1024 * 1024

interface LineRow {
  readonly time_ns: string
  readonly origin: string
  readonly file: string
  readonly position: string
  readonly level: LogLevel
  readonly output: LogOutput
  readonly message: string
  readonly attributes: Readonly<Record<string, string>>
  /** Rows before any was left out. */
  readonly found: number
}

/** The first rows that fulfil a condition, in the order of their keys. Throws what the engine throws. */
export async function fetchLines(client: ReadClient, request: FetchRequest): Promise<FetchedLines> {
  const answer = await client.query({
    query: fetchSql(request),
    query_params: request.parameters.values,
    format: 'JSONEachRow',
  })
  const rows = await answer.json<LineRow>()
  const [first] = rows
  return { lines: rows.map(toLine), isCut: first !== undefined && rows.length < first.found }
}

function fetchSql({ where, order, limit }: FetchRequest): string {
  const direction = order === 'desc' ? 'DESC' : 'ASC'
  const byKey = ['time', 'origin', 'file', 'position'].map((name) => `${name} ${direction}`).join()
  return `
SELECT toUnixTimestamp64Nano(time) AS time_ns, origin, file, position, level, output, message, attributes, found
FROM (
  SELECT *, toUInt32(count() OVER ()) AS found,
    sum(length(message)) OVER (ORDER BY ${byKey} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS bytes_before
  FROM (
    SELECT time, origin, file, position, level, output, message, attributes
    FROM vigie.log_lines
    WHERE ${where}
    ORDER BY ${byKey} LIMIT ${limit}
  )
)
WHERE bytes_before < ${maxMessageBytes}
ORDER BY ${byKey}`
}

function toLine(row: LineRow): StoredLine {
  return {
    key: {
      timeNs: BigInt(row.time_ns),
      origin: BigInt(row.origin),
      file: BigInt(row.file),
      position: BigInt(row.position),
    },
    level: row.level,
    output: row.output,
    message: row.message,
    attributes: row.attributes,
  }
}

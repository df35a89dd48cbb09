import { ClickHouseError } from '@clickhouse/client'
import { StoreBusyError } from '../store/store.ts'
import { QuestionError } from './question-error.ts'
import { describeRuns, type RunsDescription } from './runs/run-conditions.ts'
import type { ReadClient } from './scope/read-client.ts'

/** Which runs are asked for. In texts `*` stands for anything. */
export interface RunsRequest extends RunsDescription {
  readonly order: RunsOrder
  readonly limit: number
}

/** What runs are put in the order of, and by which expression. */
const orders = {
  finished: 'finished DESC',
  started: 'started DESC',
  duration: 'finished - started DESC',
  cpu: 'cpu_seconds DESC NULLS LAST',
  memory: 'memory_peak_bytes DESC NULLS LAST',
  read: 'read_bytes DESC NULLS LAST',
  written: 'written_bytes DESC NULLS LAST',
  received: 'received_bytes DESC NULLS LAST',
  sent: 'sent_bytes DESC NULLS LAST',
  throttled: 'throttled_seconds DESC NULLS LAST',
  name: 'name ASC',
  image: 'image ASC',
} as const

/** What runs can be put in the order of. */
export type RunsOrder = keyof typeof orders

/** Figures of one run; null where none was read. */
export interface RunFigures {
  readonly cpu_seconds: number | null
  readonly user_seconds: number | null
  readonly system_seconds: number | null
  readonly throttled_seconds: number | null
  readonly memory_peak_bytes: number | null
  readonly read_bytes: number | null
  readonly written_bytes: number | null
  readonly received_bytes: number | null
  readonly sent_bytes: number | null
}

/** A run as the view `container_totals` has it; times are Unix milliseconds. */
export interface RunAnswer extends RunFigures {
  readonly container_id: string
  readonly name: string
  readonly image: string
  readonly short_image: string
  readonly host: string
  readonly tags: readonly string[]
  readonly started_ms: number
  readonly finished_ms: number
  readonly exit_code: number | null
  readonly oom_killed: boolean
  readonly exact: boolean
  readonly method: 'last_reading' | 'parent_remainder' | 'last_sample' | 'none'
  readonly reason: string
}

/** All runs that match added up; of their peaks the highest. */
export interface RunsSums extends RunFigures {
  readonly runs: number
  readonly exact_runs: number
}

/** The first runs in the order that was asked for, and the sums over all that match. */
export interface RunsResult {
  readonly runs: readonly RunAnswer[]
  readonly sums: RunsSums
}

const secondsColumns = ['cpu_seconds', 'user_seconds', 'system_seconds', 'throttled_seconds']
const bytesColumns = ['read_bytes', 'written_bytes', 'received_bytes', 'sent_bytes']

/**
 * The runs of containers that match, each with what it used from its start to its end.
 * @throws {QuestionError} `too-large`, `busy` or `failed`.
 */
export async function askRuns(
  store: { readonly read: ReadClient },
  request: RunsRequest,
): Promise<RunsResult> {
  const { where, values } = describeRuns(request)
  try {
    const [sums] = await read<RunsSums>(store.read, sumsSql(where), values)
    if (sums === undefined || sums.runs === 0) return { runs: [], sums: sums ?? noSums }
    return { runs: await read<RunAnswer>(store.read, rowsSql(where, request), values), sums }
  } catch (error) {
    throw explain(error)
  }
}

const noSums: RunsSums = {
  runs: 0,
  exact_runs: 0,
  cpu_seconds: null,
  user_seconds: null,
  system_seconds: null,
  throttled_seconds: null,
  memory_peak_bytes: null,
  read_bytes: null,
  written_bytes: null,
  received_bytes: null,
  sent_bytes: null,
}

/** Bytes come as floating numbers, since whole ones of 64 bits come as text. */
function sumsSql(where: string): string {
  const sums = [
    ...secondsColumns.map((name) => `sum(${name}) AS total_${name}`),
    ...bytesColumns.map((name) => `toFloat64(sum(${name})) AS total_${name}`),
    'toFloat64(max(memory_peak_bytes)) AS total_memory_peak_bytes',
  ]
  const names = [...secondsColumns, ...bytesColumns, 'memory_peak_bytes']
  return `SELECT runs, exact_runs, ${names.map((name) => `total_${name} AS ${name}`).join(', ')}
    FROM (
      SELECT toFloat64(count()) AS runs, toFloat64(countIf(exact)) AS exact_runs, ${sums.join(', ')}
      FROM vigie.container_totals WHERE ${where}
    )`
}

function rowsSql(where: string, { order, limit }: RunsRequest): string {
  const bytes = [...bytesColumns, 'memory_peak_bytes'].map(
    (name) => `toFloat64(${name}) AS ${name}`,
  )
  const texts = ['container_id', 'name', 'image', 'short_image', 'host', 'tags']
  // The innermost rows keep their own names, so that conditions and order see the view's columns.
  return `SELECT ${[...texts, ...secondsColumns, ...bytes].join(', ')},
      toFloat64(toUnixTimestamp64Milli(started)) AS started_ms,
      toFloat64(toUnixTimestamp64Milli(finished)) AS finished_ms,
      exit_code, oom_killed, exact, method, reason
    FROM (
      SELECT * FROM vigie.container_totals WHERE ${where}
      ORDER BY ${orders[order]}, started DESC, host, container_id LIMIT ${limit}
    )
    ORDER BY ${orders[order]}, started DESC, host, container_id`
}

async function read<Row>(
  client: ReadClient,
  query: string,
  values: Readonly<Record<string, unknown>>,
): Promise<readonly Row[]> {
  const answer = await client.query({ query, query_params: values, format: 'JSONEachRow' })
  return answer.json<Row>()
}

function explain(error: unknown): QuestionError {
  if (error instanceof StoreBusyError) return new QuestionError('busy', error.message)
  if (error instanceof ClickHouseError && /TIMEOUT|MEMORY|TOO_MANY/.test(error.type ?? '')) {
    const reason = 'it takes more time or memory than a question may; ask for a shorter time'
    return new QuestionError('too-large', `Cannot list the runs: ${reason}`, { cause: error })
  }
  const reason = 'the store could not answer; try again'
  return new QuestionError('failed', `Cannot list the runs: ${reason}`, { cause: error })
}

import { ClickHouseError } from '@clickhouse/client'
import { StoreBusyError } from '../../../store/store.ts'
import type { SqlParameters } from '../../sql-parameters.ts'
import { PrometheusError } from '../prometheus-error.ts'
import type { ReadClient } from '../../scope/read-client.ts'

/**
 * The rows of a statement.
 * @throws {PrometheusError} As `explainStore`.
 */
export async function askStore<Row>(
  client: ReadClient,
  query: string,
  parameters: SqlParameters,
): Promise<Row[]> {
  return explainStore(async () => {
    const answer = await client.query({
      query,
      query_params: parameters.values,
      format: 'JSONEachRow',
    })
    return answer.json<Row>()
  })
}

/**
 * Asks the store, and says its faults as Prometheus would.
 * @throws {PrometheusError} `bad_data` for a pattern that cannot be read, `execution` when it is too much for the store.
 */
export async function explainStore<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (cause) {
    throw explain(cause)
  }
}

function explain(cause: unknown): PrometheusError {
  if (cause instanceof StoreBusyError) {
    return new PrometheusError('unavailable', cause.message, { cause })
  }
  if (!(cause instanceof ClickHouseError)) {
    return new PrometheusError('internal', 'the store could not answer; try again', { cause })
  }
  const type = cause.type ?? ''
  if (type === 'CANNOT_COMPILE_REGEXP') {
    return new PrometheusError(
      'bad_data',
      `cannot read a pattern: ${patternFault(cause.message)}`,
      { cause },
    )
  }
  if (type.includes('TIMEOUT')) {
    return new PrometheusError(
      'timeout',
      'the store took longer than it may; name fewer series or a shorter time',
      { cause },
    )
  }
  if (/MEMORY|TOO_MANY|TOO_LARGE/.test(type)) {
    return new PrometheusError(
      'execution',
      'the query takes more memory than it may; name fewer series or a shorter time',
      { cause },
    )
  }
  return new PrometheusError('internal', 'the store could not answer; try again', { cause })
}

/** What RE2 says of it. */
function patternFault(message: string): string {
  return /error: ([^,:]{1,200})/.exec(message)?.[1]?.trim() ?? 'it is no RE2 pattern'
}

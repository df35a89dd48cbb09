import { setTimeout as pause } from 'node:timers/promises'
import type { ClickHouseClient } from '@clickhouse/client'
import { peopleLimits } from '../store/embedded/people-limits.ts'
import { explainFailure, limits } from './people-sql/explain-failure.ts'
import { checkNames, type GuardClients } from './people-sql/guard.ts'
import { plainRows } from './people-sql/plain-values.ts'
import { checkTokens } from './people-sql/tokens.ts'
import { wrapQuery } from './people-sql/wrap-query.ts'
import { QuestionError } from './question-error.ts'

/** Longer questions are refused unread. */
const maxQueryBytes = 65_536
/** By then the engine should long have ended it. */
const giveUpAfterMs = (peopleLimits.timeS + 5) * 1000

/** Rows as lists of values in the order of the columns; `type` is the engine's name for it. */
export interface SqlResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly unknown[])[]
}

/**
 * Answers a SELECT that a person wrote, over the views of the store. Whole numbers of 64 bits and more come as numbers
 * where these are exact, else as strings; in maps and tuples always as strings. Times come as `2026-01-31 23:59:59.000`
 * in UTC; what is not a number comes as null.
 * Limits: `peopleLimits` and 64 KiB of text.
 * @throws {QuestionError} Always one of its kinds; the message is one sentence.
 */
export async function askSql(store: GuardClients, query: string): Promise<SqlResult> {
  if (Buffer.byteLength(query) > maxQueryBytes) {
    throw new QuestionError(
      'too-large',
      `Cannot run the query: it has more than ${maxQueryBytes} bytes`,
    )
  }
  try {
    const own = await checkTokens(store.read, query)
    await checkNames(store, own)
    return await Promise.race([run(store.people, own), giveUp()])
  } catch (error) {
    throw explainFailure(error)
  }
}

async function run(client: ClickHouseClient, query: string): Promise<SqlResult> {
  const answer = await client.query({ query: wrapQuery(query), format: 'JSONCompact' })
  const { meta, data } = await answer.json<readonly unknown[]>()
  const columns = meta ?? []
  return { columns, rows: plainRows(columns, data) }
}

/** Answers in the place of an engine that cannot end a question in time, since one function computes for too long. */
async function giveUp(): Promise<never> {
  await pause(giveUpAfterMs, undefined, { ref: false })
  throw new QuestionError('too-large', `Cannot run the query: ${limits['TIMEOUT_EXCEEDED']}`)
}

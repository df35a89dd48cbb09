import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { ClickHouseError, type ClickHouseClientConfigOptions } from '@clickhouse/client'
import { bindParameter } from './parameter-text.ts'
import type { SessionPool } from './session-pool.ts'

/** What `createClient({ connection })` plugs in: the transport below the client. */
export type ClientConnection = NonNullable<ClickHouseClientConfigOptions['connection']>

type QueryParams = Parameters<ClientConnection['query']>[0]

/**
 * Lets `@clickhouse/client` speak to the engine in this process through a pool of connections, in place of HTTP.
 * Parameters are bound by the engine; errors are the client's own `ClickHouseError`.
 * Settings of one statement are refused: they would stay on the connection; limits belong to the pool's set-up.
 * Inserts with a body are refused: the engine's parser spoils binary bodies; use `StoreEngine.insertColumns`.
 */
export function connectEmbedded(pool: SessionPool): ClientConnection {
  const run = async (params: QueryParams): Promise<Uint8Array> => {
    const statements = [...parameterStatements(params), params.query]
    try {
      return await pool.lend((session) => session.run(statements))
    } catch (error) {
      throw toClientError(error)
    }
  }
  const answer = async (params: QueryParams) => ({
    ...result(params),
    stream: Readable.from([await run(params)], { objectMode: false }),
  })
  return {
    query: answer,
    exec: async (params) => {
      if (params.values !== undefined) throw refuseBody()
      return answer(params)
    },
    command: async (params) => {
      await run(params)
      return result(params)
    },
    insert: () => Promise.reject(refuseBody()),
    ping: async () => {
      try {
        await run({ query: 'SELECT 1' })
        return { success: true }
      } catch (error) {
        return { success: false, error: toClientError(error) }
      }
    },
    close: () => pool.close(),
  }
}

function parameterStatements(params: QueryParams): readonly string[] {
  const settings = Object.keys(params.clickhouse_settings ?? {})
  if (settings.length > 0) {
    throw new TypeError(`Cannot set ${settings.join(', ')} for one statement of the embedded store`)
  }
  const values = Object.entries(params.query_params ?? {})
  return values.map(([name, value]) => bindParameter(name, value))
}

function result(params: QueryParams): {
  query_id: string
  response_headers: Record<string, string>
} {
  return { query_id: params.query_id ?? randomUUID(), response_headers: {} }
}

function refuseBody(): TypeError {
  return new TypeError('Cannot insert with a body into the embedded store: use insertColumns')
}

/** The engine's text is `Code: 62. DB::Exception: …. (SYNTAX_ERROR)`; brackets within the message are not its type. */
function toClientError(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  const parts = /Code: (\d+)\. DB::Exception: (.*) \(([A-Z\d_]+)\)[^)]*$/s.exec(error.message)
  if (parts === null) return error
  const [, code = '', message = '', type = ''] = parts
  return new ClickHouseError({ code, message, type })
}

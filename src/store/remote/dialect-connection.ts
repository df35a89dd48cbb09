import { finished } from 'node:stream'
import type { ClickHouseClientConfigOptions } from '@clickhouse/client'
import type { Dialect } from './dialect.ts'
import { Slots, type SlotLimits } from './slots.ts'

/** What a client sends its statements through. */
export type ClientConnection = NonNullable<ClickHouseClientConfigOptions['connection']>

export interface DialectConnectionOptions {
  /** The client's own, which speaks HTTP. */
  readonly inner: ClientConnection
  readonly dialect: Pick<Dialect, 'commands' | 'question'>
  readonly limits: SlotLimits
}

/** Puts each statement into the words of the place before it is sent, and bounds how many run at a time. */
export function connectInDialect(options: DialectConnectionOptions): ClientConnection {
  const { inner, dialect } = options
  const slots = new Slots(options.limits)
  const stream = async <Answer extends { readonly stream: NodeJS.ReadableStream }>(
    ask: () => Promise<Answer>,
  ): Promise<Answer> => {
    const release = await slots.take()
    try {
      const answer = await ask()
      finished(answer.stream, release)
      return answer
    } catch (error) {
      release()
      throw error
    }
  }
  return {
    query: (params) =>
      stream(() => inner.query({ ...params, query: dialect.question(params.query) })),
    exec: (params) =>
      stream(() => inner.exec({ ...params, query: dialect.question(params.query) })),
    command: async (params) => {
      const release = await slots.take()
      try {
        let result: Awaited<ReturnType<ClientConnection['command']>> = {
          query_id: '',
          response_headers: {},
        }
        for (const query of dialect.commands(params.query)) {
          result = await inner.command({ ...params, query })
        }
        return result
      } finally {
        release()
      }
    },
    insert: () =>
      Promise.reject(
        new TypeError('Cannot insert with a body into the remote store: use insertColumns'),
      ),
    ping: (params) => inner.ping(params),
    close: () => {
      slots.close()
      return inner.close()
    },
  }
}

import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'

import type { ErrorAnswer } from '../../../src/api/contract/query.ts'
import { say } from '../messages/message.ts'
import { createSignal, type Signal } from './signal.ts'

const refused = createSignal()

/** Told when the server has answered that one has to sign in. */
export const onSignInAsked: Signal['subscribe'] = refused.subscribe

/** A request that brought no answer; the message is a sentence for the reader. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  /** The HTTP status; 0 when the server was not reached. */
  readonly status: number
  /** Where a query stops making sense, in UTF-16 units from its start. */
  readonly at: number | undefined
  /** How long the server wants to be left alone. */
  readonly retryAfterS: number | undefined

  constructor(
    status: number,
    message: string,
    more: { readonly at?: number | undefined; readonly retryAfterS?: number | undefined } = {},
  ) {
    super(message)
    this.status = status
    this.at = more.at
    this.retryAfterS = more.retryAfterS
  }
}

/** When a request is made. */
export interface RequestOptions {
  readonly isEnabled?: boolean
  /** Asks again after so long. */
  readonly everyMs?: number
  /** Shows the answer of the address before while a new one loads. */
  readonly keepsPrevious?: boolean
  /** An answer holds until it is asked for anew by hand. */
  readonly isLasting?: boolean
}

/** The answer of a GET route as its contract types it; the only place where pages ask the server. */
export function useRequest<Answer>(
  path: string,
  options: RequestOptions = {},
): UseQueryResult<Answer, RequestError> {
  const { isEnabled = true, everyMs, keepsPrevious = false, isLasting = false } = options
  return useQuery<Answer, RequestError>({
    queryKey: [path],
    queryFn: ({ signal }) => fetchJson<Answer>(path, signal),
    enabled: isEnabled,
    refetchInterval: everyMs ?? false,
    retry: (failures, { status }) => failures < 2 && (status === 0 || status >= 500),
    ...(keepsPrevious && { placeholderData: keepPreviousData }),
    ...(isLasting && { staleTime: Infinity }),
  })
}

/**
 * The JSON behind an address of the API.
 * @throws {RequestError} If the server is not reached or answers anything but 200; with the server's own sentence if it gives one.
 */
export async function fetchJson<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
  return await ask<Answer>(path, signal ? { signal } : {})
}

/**
 * The JSON that an address of the API answers to what is posted to it: a question too long for the address itself, or a
 * change; without a body where `question` is `undefined`.
 * @throws {RequestError} As {@link fetchJson}.
 */
export async function postJson<Answer>(
  path: string,
  question: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  return await ask<Answer>(path, {
    method: 'POST',
    ...(question !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(question),
    }),
    ...(signal && { signal }),
  })
}

async function ask<Answer>(path: string, request: RequestInit): Promise<Answer> {
  const response = await fetch(path, request).catch((cause: unknown) => {
    if (request.signal?.aborted) throw cause
    throw new RequestError(0, say('error.offline'))
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (response.status === 401) refused.emit()
  if (!response.ok) throw refusal(body, response)
  if (body === undefined) throw new RequestError(response.status, say('error.shape'))
  // The route's contract says what it answers with.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return body as Answer
}

function refusal(body: unknown, { status, headers }: Response): RequestError {
  // Every answer of status 400 and above is an ErrorAnswer; a proxy in between may say something else.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const said = body as Partial<ErrorAnswer> | null | undefined
  const retryAfterS = Number.parseInt(headers.get('retry-after') ?? '', 10)
  return new RequestError(status, said?.errors?.[0] ?? say('error.status', { status }), {
    at: said?.at,
    retryAfterS: Number.isNaN(retryAfterS) ? undefined : retryAfterS,
  })
}

import type { FinalVerdict } from './forwarder.ts'
import type { PostResult } from './post/create-poster.ts'

/** What is to be done with a payload after an answer, or none. */
export type Verdict = FinalVerdict | Retry

/** It may be taken later. */
export interface Retry {
  readonly kind: 'retry'
  /** What was seen, and what to do where that is known; completes "Cannot deliver …: ". */
  readonly reason: string
  /** Whether more than the route is in trouble, as far as the answer says. */
  readonly scope: 'destination' | 'route'
  /** It answers, and says that it does not want what we send. */
  readonly isRefusal: boolean
  /** It answers that it failed, so that the payload may be the cause. */
  readonly isServerError: boolean
  /** Absent when there was none. */
  readonly answer?: { readonly status: number; readonly text: string }
  /** For how long the destination asked to be left alone. */
  readonly pauseMs?: number
}

/** Say that this payload will never do. */
const finalStatuses: ReadonlySet<number> = new Set([400, 413, 415, 422])

/** Say something of whoever is asked, not of what was sent. */
const statusesOfAll: ReadonlySet<number> = new Set([401, 402, 403, 407, 408, 429, 502, 503, 504])

const advice: Readonly<Record<number, string>> = {
  401: 'check its API key',
  403: 'check its API key',
  404: 'check its address',
  407: 'check user and password of the proxy',
}

/**
 * A wrong key may be mended while we run, an unknown route may be known to the next version, and everything else may pass
 * by itself. What is redirected is taken by nobody: a redirected post would lose its body.
 * @param finalThere As `Destination.finalStatuses`.
 * @see https://github.com/DataDog/datadog-agent/blob/main/comp/forwarder/defaultforwarder/impl/transaction/transaction.go
 */
export function judgeAnswer(result: PostResult, finalThere: readonly number[] = []): Verdict {
  if (result.kind === 'failed') {
    const { reason } = result
    return { kind: 'retry', reason, scope: 'destination', isRefusal: false, isServerError: false }
  }
  const { status, text, retryAfterMs } = result
  if (status >= 200 && status < 300) return { kind: 'taken' }
  if (finalStatuses.has(status) || finalThere.includes(status))
    return { kind: 'refused', status, reason: text }
  const saw = `it answered ${status} ${text.slice(0, 200)}`.trimEnd()
  const deed = advice[status]
  return {
    kind: 'retry',
    reason: deed === undefined ? saw : `${saw}; ${deed}`,
    scope: statusesOfAll.has(status) ? 'destination' : 'route',
    isRefusal: status < 500 && status !== 408 && status !== 429,
    isServerError: status >= 500,
    answer: { status, text },
    ...(retryAfterMs !== undefined && { pauseMs: retryAfterMs }),
  }
}

import type { PostResult } from './post.ts'

/** What is to be done with a payload after an answer, or none. */
export type Verdict =
  | FinalVerdict
  /** `pauseMs`: for how long the server asked to be left alone. */
  | { readonly kind: 'retry'; readonly reason: string; readonly pauseMs?: number }

/** The server has it, or never will. */
export type FinalVerdict =
  | { readonly kind: 'taken' }
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string }

/** Say that this payload will never do. */
const finalStatuses: ReadonlySet<number> = new Set([400, 413, 415, 422])

/** A wrong key (403) may be mended while we run, and everything else may pass by itself. */
export function judgeAnswer(result: PostResult): Verdict {
  if (result.kind === 'failed') return { kind: 'retry', reason: result.reason }
  const { status, text, retryAfterMs } = result
  if (status >= 200 && status < 300) return { kind: 'taken' }
  if (finalStatuses.has(status)) return { kind: 'refused', status, reason: text }
  return {
    kind: 'retry',
    reason: `it answered ${status} ${text.slice(0, 200)}`,
    ...(retryAfterMs !== undefined && { pauseMs: retryAfterMs }),
  }
}

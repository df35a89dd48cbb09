import type { PastAnswer } from '../../../src/api/contract/past.ts'
import type { AskPast } from './ask-past.ts'

/** Asks for single moments, one at a time, while somebody looks for the right one. */
export interface PictureSeeker {
  /** Asks for the moment, or, while another is being asked for, soon; of moments that wait only the newest is asked for. */
  seek(atS: number): void
  /** Wants no answer any more. */
  stop(): void
}

/** What a seeker needs from its surroundings. */
export interface PictureSeekerOptions {
  readonly ask: AskPast
  readonly elapsedMs: () => number
  /** Called with each answer that comes, also with one that has been passed by: dragging shows what it passes. */
  readonly onPicture: (answer: PastAnswer, atS: number) => void
  readonly onFailure: (error: unknown) => void
}

/** An answer that takes longer than this is given up for a newer moment. */
const patienceMs = 200

/** A seeker that has not been asked anything. */
export function createPictureSeeker(options: PictureSeekerOptions): PictureSeeker {
  const { ask, elapsedMs, onPicture, onFailure } = options
  let asking: { readonly abort: AbortController; readonly sinceMs: number } | undefined
  let nextS: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function stop(): void {
    clearTimeout(timer)
    asking?.abort.abort()
    asking = undefined
    nextS = undefined
  }

  async function start(atS: number): Promise<void> {
    stop()
    const mine = { abort: new AbortController(), sinceMs: elapsedMs() }
    asking = mine
    let error: unknown
    const answer = await ask({ atS, seconds: 0, stepS: 1 }, mine.abort.signal).catch(
      (reason: unknown) => {
        error = reason
      },
    )
    if (asking !== mine) return
    asking = undefined
    if (answer) onPicture(answer, atS)
    else if (nextS === undefined) onFailure(error)
    if (nextS !== undefined) void start(nextS)
  }

  return {
    seek(atS) {
      if (asking === undefined) {
        void start(atS)
        return
      }
      nextS = atS
      clearTimeout(timer)
      const leftMs = patienceMs - (elapsedMs() - asking.sinceMs)
      timer = setTimeout(() => nextS !== undefined && void start(nextS), Math.max(0, leftMs))
    },
    stop,
  }
}

import type { PastAnswer, PastEvent } from '../../../src/api/contract/past.ts'
import { RequestError } from '../data/request.ts'
import type { AskPast } from './ask-past.ts'

/** What is to be shown next: the picture that a reel begins with, or one change after it. */
export type Frame =
  | { readonly kind: 'begin'; readonly reel: PastAnswer }
  | { readonly kind: 'event'; readonly event: PastEvent }

/** The past from a moment on, asked for in reels of so many frames, two ahead of the one that is shown. */
export interface ReelBuffer {
  /** What is due up to a moment, Unix milliseconds, in order; each is given once. Asks for more when less than two reels are left. */
  take(untilMs: number): readonly Frame[]
  /** Unix milliseconds: until then everything is there. */
  readonly bufferedToMs: () => number
  /** Whether something was given yet. */
  readonly hasBegun: () => boolean
  /** Whether nothing more than what is there can be asked for yet. */
  readonly isAtPresent: () => boolean
  close(): void
}

/** What a buffer needs to know. */
export interface ReelBufferOptions {
  readonly ask: AskPast
  readonly fromS: number
  /** Seconds between two ticks that are wanted. */
  readonly stepS: number
  /** How fine the past is kept there, as far as that is known. */
  readonly resolutionS: number
  /** The newest second that can be asked for. */
  readonly latestS: () => number
  readonly onFailure: (error: unknown) => void
}

/** The first reels are short, so that it plays soon. */
const framesOfReels = [20, 40] as const
const framesOfReel = 60
/** Where the past is kept coarser than what is wanted, so many frames are enough for a while. */
const coarseFrames = 10
const reelsAhead = 2
/** Shorter reels are not worth a request while there is something left to show. */
const fewestFrames = 10
/** Closer to the present than this is the present. */
const presentS = 3
/** What a server that starts anew, is busy, or cannot be reached says: it is asked again. */
const passingStatuses: ReadonlySet<number> = new Set([0, 429, 502, 503, 504])
const retryMs = 2000

/** A buffer that has asked for its first reel. */
export function openReelBuffer(options: ReelBufferOptions): ReelBuffer {
  const { ask, fromS, stepS, latestS, onFailure } = options
  const abort = new AbortController()
  const waiting: PastAnswer[] = []
  let events: DueEvent[] = []
  let toS = fromS
  let { resolutionS } = options
  let isAsking = false
  let retry: ReturnType<typeof setTimeout> | undefined
  let reelCount = 0
  let hasBegun = false

  function askMore(isNeeded: boolean): void {
    const leftS = latestS() - toS
    const leastS = reelCount > 0 ? (isNeeded ? Math.max(stepS, presentS) : fewestFrames * stepS) : 0
    if (isAsking || abort.signal.aborted || waiting.length >= reelsAhead || leftS < leastS) return
    isAsking = true
    const wishedS = Math.max(
      (framesOfReels[reelCount] ?? framesOfReel) * stepS,
      coarseFrames * resolutionS,
    )
    const seconds = Math.max(stepS, Math.min(wishedS, leftS))
    void askReel(seconds)
  }

  async function askReel(seconds: number): Promise<void> {
    const reel = await ask({ atS: toS, seconds, stepS }, abort.signal).catch(takeFailure)
    if (!reel) return
    isAsking = false
    reelCount += 1
    // A reel that leads no further would be asked for again and again.
    toS = Math.max(reel.toS, toS + 1)
    resolutionS = reel.resolutionS
    waiting.push(reel)
    askMore(false)
  }

  /** What is there is shown meanwhile, and it goes on when the server is back. */
  function takeFailure(error: unknown): void {
    if (abort.signal.aborted) return
    if (error instanceof RequestError && passingStatuses.has(error.status)) {
      retry = setTimeout(() => {
        isAsking = false
        askMore(true)
      }, retryMs)
      return
    }
    abort.abort()
    onFailure(error)
  }

  function take(untilMs: number): readonly Frame[] {
    const frames: Frame[] = []
    for (;;) {
      const due = events.findIndex(({ timeMs }) => timeMs > untilMs)
      const shown = events.splice(0, due === -1 ? events.length : due)
      frames.push(...shown.map(({ event }) => ({ kind: 'event', event }) as const))
      const [next] = waiting
      if (next === undefined || events.length > 0) break
      // Where the past is kept coarsely, the first picture is of a moment soon after the one that was asked for.
      if (hasBegun && next.snapshot.time > untilMs) break
      hasBegun = true
      waiting.shift()
      frames.push({ kind: 'begin', reel: next })
      events = dueEvents(next)
    }
    askMore(untilMs >= toS * 1000)
    return frames
  }

  askMore(true)
  return {
    take,
    bufferedToMs: () => toS * 1000,
    hasBegun: () => hasBegun,
    isAtPresent: () => reelCount > 0 && !isAsking && latestS() - toS < Math.max(stepS, presentS),
    close() {
      clearTimeout(retry)
      abort.abort()
    },
  }
}

interface DueEvent {
  readonly timeMs: number
  readonly event: PastEvent
}

/** A change of containers carries no time: it is due with what follows it, as the live stream tells it before the tick. */
function dueEvents({ events, toS }: PastAnswer): DueEvent[] {
  let timeMs = toS * 1000
  return events
    .toReversed()
    .map((event) => {
      if (event.kind !== 'containers') timeMs = event.data.time
      return { timeMs, event }
    })
    .toReversed()
}

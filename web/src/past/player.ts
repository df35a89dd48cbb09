import type { PastAnswer } from '../../../src/api/contract/past.ts'
import { createSignal, type Signal } from '../data/signal.ts'
import type { LiveStore } from '../data/live-store.ts'
import type { AskPast } from './ask-past.ts'
import { createPaceMeter } from './pace-meter.ts'
import { createPictureSeeker, type PictureSeeker } from './picture-seeker.ts'
import { openReelBuffer, type ReelBuffer } from './reel-buffer.ts'

/** How many seconds of the past go by in one. */
export const speeds = [1, 10, 60] as const
export type Speed = (typeof speeds)[number]

/** How the player stands. */
export interface PlayerState {
  /**
   * `still` at a moment, `playing`, `waiting` for what comes next while playing, come to the `present`, as nothing more is
   * there to play or a moment that is still to come was asked for, or `failed`: the moment could not be had.
   */
  readonly kind: 'still' | 'playing' | 'waiting' | 'present' | 'failed'
  /** The moment that is asked for, Unix milliseconds. */
  readonly atMs: number
  /** Whether the store holds the picture of that moment, not that of one before. */
  readonly isPictured: boolean
  readonly speed: Speed
  /** How fast it really plays, where that is slower than it should. */
  readonly pace: number | undefined
  /** Why it failed, one sentence; else empty. */
  readonly problem: string
  /** What the newest answer told of the past; absent before the first. */
  readonly kept: Pick<PastAnswer, 'resolutionS' | 'keptFromS'> | undefined
}

/** What a player needs from its surroundings. */
export interface PlayerOptions {
  readonly store: LiveStore
  readonly ask: AskPast
  /** The newest second that can be asked for. */
  readonly latestS: () => number
  /** Milliseconds of a clock that only goes forward. */
  readonly elapsedMs: () => number
  /** Whether the page is in sight: one that is not goes on where it was. */
  readonly isSeen: () => boolean
  readonly atS: number
}

/** Ten pictures a second at most; where the machine has fewer, each shows where the time is by then. */
const frameMs = 100
/** A machine that slept for longer does not catch up. */
const longestFrameMs = 5000
/** A moment that is later than now by less than this may be that of a clock which is a little ahead. */
const presentS = 5
/** What is slower by less than this is as fast as it should be. */
const slowRatio = 0.85
/** Seconds between two ticks that are asked for: about ten of them come by in a second. */
const stepOf: Readonly<Record<Speed, number>> = { 1: 1, 10: 1, 60: 6 }

/** Shows moments of the past in a live store, one after the other or as they went by. */
export class Player {
  readonly #options: PlayerOptions
  readonly #seeker: PictureSeeker
  readonly #signal = createSignal()
  readonly #pace = createPaceMeter()
  #state: PlayerState
  #reels: ReelBuffer | undefined
  #learning: AbortController | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  /** Stands still at a moment and has not asked for it yet. */
  constructor(options: PlayerOptions) {
    this.#options = options
    this.#seeker = createPictureSeeker({
      ask: options.ask,
      elapsedMs: options.elapsedMs,
      onPicture: (answer, atS) => {
        this.#begin(answer)
        this.#change({ isPictured: this.#state.isPictured || atS * 1000 === this.#state.atMs })
      },
      onFailure: (error) => this.#fail(error),
    })
    this.#state = {
      kind: 'still',
      atMs: options.atS * 1000,
      isPictured: false,
      speed: 1,
      pace: undefined,
      problem: '',
      kept: undefined,
    }
  }

  readonly state = (): PlayerState => this.#state

  readonly onState: Signal['subscribe'] = (listener) => this.#signal.subscribe(listener)

  /** Goes to a second; if it plays, it plays on from there. */
  seek(soughtS: number): void {
    const latestS = this.#options.latestS()
    const atS = Math.min(soughtS, latestS)
    const isGoing = this.#reels !== undefined
    if (isGoing) this.close()
    const kind = soughtS > latestS + presentS ? 'present' : 'still'
    this.#change({ kind, atMs: atS * 1000, isPictured: false, pace: undefined, problem: '' })
    if (isGoing) this.play()
    else this.#seeker.seek(atS)
  }

  /** Plays on from the moment it stands at. */
  play(): void {
    this.close()
    const { ask, latestS, elapsedMs } = this.#options
    this.#reels = openReelBuffer({
      ask,
      latestS,
      fromS: this.#second(),
      stepS: stepOf[this.#state.speed],
      resolutionS: this.#state.kept?.resolutionS ?? 1,
      onFailure: (error) => this.#fail(error),
    })
    this.#pace.reset()
    this.#change({ kind: 'waiting', pace: undefined, problem: '' })
    this.#goOn(this.#reels, elapsedMs())
  }

  /** Stops where it is. */
  pause(): void {
    if (this.#reels === undefined) return
    this.close()
    this.#change({ kind: 'still', atMs: this.#second() * 1000, pace: undefined })
    if (!this.#state.isPictured) this.#seeker.seek(this.#second())
  }

  setSpeed(speed: Speed): void {
    this.#change({ speed })
    if (this.#reels !== undefined) this.play()
  }

  /** Ends what goes on; what is asked for next begins anew. */
  close(): void {
    clearTimeout(this.#timer)
    this.#seeker.stop()
    this.#learning?.abort()
    this.#reels?.close()
    this.#reels = undefined
  }

  #goOn(playing: ReelBuffer, beforeMs: number): void {
    const { elapsedMs, isSeen } = this.#options
    const wasSeen = isSeen()
    this.#timer = setTimeout(() => {
      const nowMs = elapsedMs()
      const isWatched = wasSeen && isSeen()
      if (!isWatched) this.#pace.reset()
      this.#playFrame(playing, isWatched ? Math.min(nowMs - beforeMs, longestFrameMs) : 0)
      if (this.#reels === playing) this.#goOn(playing, nowMs)
    }, frameMs)
  }

  #playFrame(playing: ReelBuffer, passedMs: number): void {
    const { kind, speed, atMs: beforeMs } = this.#state
    const isThere = playing.bufferedToMs() > beforeMs
    const wantedMs = beforeMs + (kind === 'playing' ? passedMs * speed : 0)
    const atMs = isThere ? Math.min(wantedMs, playing.bufferedToMs()) : beforeMs
    const frames = playing.take(atMs)
    for (const frame of frames) {
      if (frame.kind === 'begin') this.#begin(frame.reel)
      else this.#options.store.apply(frame.event)
    }
    const isPictured = this.#state.isPictured || frames.length > 0
    if (isPictured) this.#tellTime(atMs)
    if (!isThere && playing.isAtPresent()) {
      this.close()
      this.#change({ kind: 'present', atMs, isPictured, pace: undefined })
      return
    }
    const pace = playing.hasBegun() ? this.#slowPace(atMs) : undefined
    this.#change({ kind: isThere ? 'playing' : 'waiting', atMs, isPictured, pace })
  }

  /** What is measured, where it is slower than was chosen. */
  #slowPace(atMs: number): number | undefined {
    const pace = this.#pace.put({ elapsedMs: this.#options.elapsedMs(), atMs })
    return pace !== undefined && pace < this.#state.speed * slowRatio ? pace : undefined
  }

  #begin({ resolutionS, stepS, keptFromS, snapshot, fromS, toS }: PastAnswer): void {
    const { store } = this.#options
    // A picture alone is as fine as what is kept.
    store.setLink({ kind: 'past', stepS: toS > fromS ? stepS : resolutionS })
    store.apply({ kind: 'snapshot', data: snapshot })
    this.#state = { ...this.#state, kept: { resolutionS, keptFromS } }
  }

  /** Between two readings that are far apart, the time goes on all the same. */
  #tellTime(atMs: number): void {
    const { store } = this.#options
    const time = Math.floor(atMs / 1000) * 1000
    if (time > store.nowMs()) store.apply({ kind: 'tick', data: { time, rows: [] } })
  }

  #fail(error: unknown): void {
    this.close()
    const problem = error instanceof Error ? error.message : String(error)
    this.#change({ kind: 'failed', isPictured: false, problem })
    if (this.#state.kept === undefined) void this.#learnKept()
  }

  /** A moment that is not kept is refused: what is, the present tells. */
  async #learnKept(): Promise<void> {
    const { ask, latestS } = this.#options
    this.#learning = new AbortController()
    const question = { atS: latestS(), seconds: 0, stepS: 1 }
    const answer = await ask(question, this.#learning.signal).catch(() => undefined)
    if (answer === undefined) return
    this.#change({ kept: { resolutionS: answer.resolutionS, keptFromS: answer.keptFromS } })
  }

  #second(): number {
    return Math.floor(this.#state.atMs / 1000)
  }

  #change(part: Partial<PlayerState>): void {
    this.#state = { ...this.#state, ...part }
    this.#signal.emit()
  }
}

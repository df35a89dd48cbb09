import type { HappeningRow, HappeningsAnswer } from '../../../src/api/contract/happenings.ts'
import { RequestError } from '../data/request.ts'
import { createSignal } from '../data/signal.ts'

/** Which happenings are wanted. */
export interface HappeningQuestion {
  /** In the language of `GET /api/happenings`. */
  readonly query: string
  /** The time they are of: a span in Unix seconds, or the newest so many seconds and what comes from now on. */
  readonly time:
    | { readonly kind: 'span'; readonly fromS: number; readonly toS: number }
    | { readonly kind: 'newest'; readonly seconds: number }
}

/** What a page knows of the happenings it asked for. It is replaced whenever something changes. */
export interface HappeningFeedState {
  /** The newest first. */
  readonly rows: readonly HappeningRow[]
  /** The query that they answer; `undefined` before the first answer. */
  readonly query: string | undefined
  /** How many questions were answered: another number, another list. */
  readonly answerCount: number
  /** Whether the rows do not answer the present question yet. */
  readonly isLoading: boolean
  /** Why the last request had no answer. */
  readonly error: RequestError | undefined
  readonly hasOlder: boolean
  readonly isLoadingOlder: boolean
  /** How many have come while the list is held. */
  readonly waitingCount: number
}

/** What a feed needs from its surroundings. */
export interface HappeningFeedOptions {
  readonly load: (parameters: URLSearchParams, signal: AbortSignal) => Promise<HappeningsAnswer>
  /** The present by the server's clock, in Unix seconds. */
  readonly nowS: () => number
}

/** The happenings of one list: the past, page by page, and what comes in. */
export interface HappeningFeed {
  readonly state: () => HappeningFeedState
  readonly subscribe: (listener: () => void) => () => void
  /** Asks for others; those that are shown stay until the answer is there, also when it is a refusal. */
  readonly ask: (question: HappeningQuestion) => void
  /** Asks the same again. */
  readonly retry: () => void
  /** Asks what has come since, from wherever the last answer ended, and what was told late. */
  readonly refresh: () => void
  /** Something was told late that happened at that time (Unix milliseconds) or since: the next `refresh` asks from then on. */
  readonly noteLate: (fromMs: number) => void
  readonly loadOlder: () => void
  /** Keeps what is shown in its place, because the reader looks at it. */
  readonly hold: () => void
  readonly release: () => void
  readonly close: () => void
}

/** Rows that are asked for at once. */
export const happeningPageSize = 500
/** A list that has grown so long grows no further. */
export const mostHappenings = 20_000
/** What is told late is still found so long after it happened: the contract of `GET /api/happenings` says so. */
const lateS = 60
/** When more than so many pages have come beside those that are known, the list begins anew. */
const mostMissedPages = 10
/** Clocks of hosts are a little ahead sometimes. */
const aheadS = 60

/** Opens a feed that shows nothing until it is asked. */
export function openHappeningFeed(options: HappeningFeedOptions): HappeningFeed {
  return new PagedFeed(options)
}

const nothingAsked: HappeningFeedState = {
  rows: [],
  query: undefined,
  answerCount: 0,
  isLoading: true,
  error: undefined,
  hasOlder: false,
  isLoadingOlder: false,
  waitingCount: 0,
}

/** Who shows the feed takes its functions one by one: those that are handed out are bound to it. */
class PagedFeed implements HappeningFeed {
  readonly #options: HappeningFeedOptions
  readonly #changed = createSignal()
  #question: HappeningQuestion | undefined
  /** All that is known, the newest first; what is shown lags behind it while the list is held. */
  #rows: readonly HappeningRow[] = []
  #fromS = 0
  /** Until when everything has been told. */
  #answeredS = 0
  /** From when on what is known may have changed by what was told late; infinite when nothing was. */
  #lateFromS = Number.POSITIVE_INFINITY
  #next: string | null = null
  #running = new AbortController()
  #isHeld = false
  #isRefreshing = false
  /** Whether what is known answers the present question. */
  #isAnswered = false
  #state = nothingAsked

  constructor(options: HappeningFeedOptions) {
    this.#options = options
  }

  readonly state = (): HappeningFeedState => this.#state

  readonly subscribe = this.#changed.subscribe

  readonly ask = (question: HappeningQuestion): void => void this.#begin(question)

  readonly retry = (): void => {
    if (this.#question !== undefined) void this.#begin(this.#question)
  }

  readonly refresh = (): void => void this.#refresh()

  readonly noteLate = (fromMs: number): void => {
    this.#lateFromS = Math.min(this.#lateFromS, Math.floor(fromMs / 1000))
  }

  readonly loadOlder = (): void => void this.#loadOlder()

  readonly hold = (): void => {
    this.#isHeld = true
  }

  readonly release = (): void => {
    if (!this.#isHeld) return
    this.#isHeld = false
    this.#show()
  }

  readonly close = (): void => this.#running.abort()

  #show(change: Partial<HappeningFeedState> = {}): void {
    const rows = this.#isHeld ? this.#state.rows : this.#rows
    const waitingCount = this.#isHeld ? countNewer(this.#rows, rows) : 0
    const hasOlder = this.#next !== null && rows.length < mostHappenings
    this.#state = { ...this.#state, rows, waitingCount, hasOlder, ...change }
    this.#changed.emit()
  }

  /** Loads a page; what is no longer wanted when it comes is dropped. */
  async #loadPage(
    time: { readonly fromS: number; readonly toS: number; readonly before?: string },
    take: (answer: HappeningsAnswer) => void,
  ): Promise<RequestError | undefined> {
    const { signal } = this.#running
    const parameters = new URLSearchParams({
      from: String(time.fromS),
      to: String(time.toS),
      query: this.#question?.query ?? '',
      limit: String(happeningPageSize),
      ...(time.before !== undefined && { before: time.before }),
    })
    try {
      const answer = await this.#options.load(parameters, signal)
      if (!signal.aborted) take(answer)
      return undefined
    } catch (fault) {
      if (signal.aborted) return undefined
      return fault instanceof RequestError ? fault : new RequestError(0, String(fault))
    }
  }

  async #begin(asked: HappeningQuestion): Promise<void> {
    this.#running.abort()
    this.#running = new AbortController()
    const { signal } = this.#running
    this.#question = asked
    this.#isRefreshing = false
    this.#isAnswered = false
    this.#lateFromS = Number.POSITIVE_INFINITY
    this.#show({ isLoading: true, isLoadingOlder: false })
    const nowS = Math.floor(this.#options.nowS())
    const { time } = asked
    const fromS = time.kind === 'span' ? time.fromS : nowS - time.seconds
    const error = await this.#loadPage({ fromS, toS: this.#toS() }, ({ happenings, next }) => {
      this.#rows = happenings
      this.#next = next
      this.#fromS = fromS
      this.#answeredS = nowS
      this.#isAnswered = true
      this.#isHeld = false
      this.#show({ answerCount: this.#state.answerCount + 1, query: asked.query })
    })
    if (!signal.aborted) this.#show({ isLoading: false, error })
  }

  #toS(): number {
    const time = this.#question?.time
    return time?.kind === 'span' ? time.toS : Math.floor(this.#options.nowS()) + aheadS
  }

  /** Puts what the newest minute holds in the place of what was shown of it; after a pause, of all the time since. */
  async #refresh(): Promise<void> {
    const { isLoading, error } = this.#state
    if (this.#isRefreshing || isLoading) return
    if (!this.#isAnswered) {
      // The server was not reached, and now it is.
      if (error?.status === 0) this.retry()
      return
    }
    const nowS = Math.floor(this.#options.nowS())
    const fromS = this.#staleFromS(nowS)
    if (fromS === undefined) return
    const lateFromS = this.#lateFromS
    this.#lateFromS = Number.POSITIVE_INFINITY
    this.#isRefreshing = true
    const { signal } = this.#running
    const found = await this.#loadSince(fromS)
    if (signal.aborted) return
    this.#isRefreshing = false
    if (found === 'too-many') {
      this.retry()
      return
    }
    if (found instanceof RequestError) {
      this.noteLate(lateFromS * 1000)
      this.#show({ error: found })
      return
    }
    this.#answeredS = nowS
    const rows = mergeNewest(this.#rows, found, fromS * 1000)
    if (rows === this.#rows && this.#state.error === undefined) return
    this.#keep(rows)
    this.#show({ error: undefined })
  }

  /** From when on what is known may not be all by now, Unix seconds; `undefined` where it is. */
  #staleFromS(nowS: number): number | undefined {
    const oldestMs = this.#next === null ? undefined : this.#rows.at(-1)?.timeMs
    const knownFromS = oldestMs === undefined ? this.#fromS : Math.floor(oldestMs / 1000)
    const lateFromS = Math.max(knownFromS, this.#lateFromS)
    if (this.#question?.time.kind === 'span') {
      return lateFromS <= this.#toS() ? lateFromS : undefined
    }
    const newestS = Math.max(this.#fromS, Math.min(this.#answeredS, nowS) - lateS)
    return Math.min(newestS, lateFromS)
  }

  /** All that happened since, unless it is so much that nobody will read it line by line. */
  async #loadSince(fromS: number): Promise<readonly HappeningRow[] | RequestError | 'too-many'> {
    const toS = this.#toS()
    const mostPages = mostMissedPages + Math.ceil(this.#rows.length / happeningPageSize)
    const rows: HappeningRow[] = []
    let before: string | undefined
    for (let page = 0; page < mostPages; page += 1) {
      let next: string | null = null
      const time = { fromS, toS, ...(before !== undefined && { before }) }
      // Each page begins where the one before ends.
      // oxlint-disable-next-line eslint/no-await-in-loop
      const error = await this.#loadPage(time, (answer) => {
        rows.push(...answer.happenings)
        ;({ next } = answer)
      })
      if (error !== undefined) return error
      if (next === null) return rows
      before = next
    }
    return 'too-many'
  }

  /** A list that follows for days lets go of its end, which can be loaded again. */
  #keep(rows: readonly HappeningRow[]): void {
    this.#rows = rows
    if (rows.length > mostHappenings) this.retry()
  }

  async #loadOlder(): Promise<void> {
    const before = this.#next
    const { isLoadingOlder, isLoading } = this.#state
    if (before === null || isLoadingOlder || isLoading || this.#rows.length >= mostHappenings)
      return
    const { signal } = this.#running
    this.#show({ isLoadingOlder: true })
    const time = { fromS: this.#fromS, toS: this.#toS(), before }
    const error = await this.#loadPage(time, ({ happenings, next }) => {
      const older = withoutKnown(happenings, this.#rows)
      this.#rows = [...this.#rows, ...older]
      // What is older moves nobody: it is shown while the list is held, too.
      if (this.#isHeld) this.#state = { ...this.#state, rows: [...this.#state.rows, ...older] }
      this.#next = next
    })
    if (!signal.aborted) this.#show({ isLoadingOlder: false, error })
  }
}

/** The rows with those since a time replaced; the same list when nothing has changed. */
function mergeNewest(
  rows: readonly HappeningRow[],
  found: readonly HappeningRow[],
  sinceMs: number,
): readonly HappeningRow[] {
  const end = rows.findIndex(({ timeMs }) => timeMs < sinceMs)
  const replaced = end < 0 ? rows : rows.slice(0, end)
  const isSame =
    replaced.length === found.length && replaced.every(({ id }, at) => id === found[at]?.id)
  if (isSame) return rows
  // The same object for the same row, so that it is not drawn anew.
  const known = new Map(replaced.map((row) => [row.id, row]))
  return [...found.map((row) => known.get(row.id) ?? row), ...rows.slice(replaced.length)]
}

function withoutKnown(
  found: readonly HappeningRow[],
  rows: readonly HappeningRow[],
): readonly HappeningRow[] {
  const known = new Set(rows.map(({ id }) => id))
  return found.filter(({ id }) => !known.has(id))
}

/** How many of all rows are not shown. */
function countNewer(all: readonly HappeningRow[], shown: readonly HappeningRow[]): number {
  if (all === shown) return 0
  const known = new Set(shown.map(({ id }) => id))
  return all.filter(({ id }) => !known.has(id)).length
}

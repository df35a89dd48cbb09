import type { LogList, LogTailRows } from '../../../src/api/contract/logs.ts'
import { createLogBuffer } from './log-buffer.ts'
import type { LogGap, LogItem } from './log-item.ts'
import type { LogTail } from './log-tail.ts'
import { RequestError } from './request.ts'
import { createSignal } from './signal.ts'

/** Which lines are wanted. */
export interface LogQuestion {
  /** In the language of `GET /api/logs`. */
  readonly query: string
  /** The time they are of, as parameters: `since`, or `from` and `to`. */
  readonly time: Readonly<Record<string, string>>
  /** Whether lines that come in from now on belong to it. */
  readonly isOpenEnded: boolean
}

/** What a page knows of the lines it asked for. It is replaced whenever something changes. */
export interface LogFeedState {
  /** The oldest first. */
  readonly items: readonly LogItem[]
  /** The query that they answer; `undefined` before the first answer. */
  readonly query: string | undefined
  /** How many questions were answered: another number, another list. */
  readonly answerCount: number
  /** Whether the items do not answer the present question yet. */
  readonly isLoading: boolean
  /** Why the last request had no answer. */
  readonly error: RequestError | undefined
  /** Whether there are lines before the first. */
  readonly hasOlder: boolean
  readonly isLoadingOlder: boolean
  /** The gap that is being filled. */
  readonly fillingKey: string | undefined
  /** How many lines have come while the list is held. */
  readonly waitingCount: number
}

/** What a feed needs from its surroundings. */
export interface LogFeedOptions {
  readonly load: (parameters: URLSearchParams, signal: AbortSignal) => Promise<LogList>
  readonly openTail: (query: string, after: string, onRows: (batch: LogTailRows) => void) => LogTail
  /** Calls back in time for the eye: what comes in until then is shown at once. */
  readonly schedule: (callback: () => void) => void
}

/** The lines of one list: its history, page by page, and what comes in. */
export interface LogFeed {
  readonly state: () => LogFeedState
  readonly subscribe: (listener: () => void) => () => void
  /** Asks for other lines; those that are shown stay until the answer is there, also when it is a refusal. */
  readonly ask: (question: LogQuestion) => void
  /** Asks the same again. */
  readonly retry: () => void
  readonly loadOlder: () => void
  readonly fill: (gap: LogGap) => void
  /** Keeps what is shown in its place, because the reader looks at it. */
  readonly hold: () => void
  readonly release: () => void
  /** Lets go of the stream; `resume` goes on where it was, so that nothing is lost in between. */
  readonly pause: () => void
  readonly resume: () => void
  readonly close: () => void
}

/** Lines that are asked for at once. */
export const logPageSize = 500
const limits = { followed: 5000, waiting: 1000 }
/** A list that was scrolled back so far grows no further. */
export const mostLogItems = 20_000

/** Opens a feed that shows nothing until it is asked. */
export function openLogFeed(options: LogFeedOptions): LogFeed {
  return new BufferedFeed(options)
}

const nothingAsked: LogFeedState = {
  items: [],
  query: undefined,
  answerCount: 0,
  isLoading: true,
  error: undefined,
  hasOlder: false,
  isLoadingOlder: false,
  fillingKey: undefined,
  waitingCount: 0,
}

/** Who shows the feed takes its functions one by one: those that are handed out are bound to it. */
class BufferedFeed implements LogFeed {
  readonly #options: LogFeedOptions
  readonly #buffer = createLogBuffer(limits)
  readonly #changed = createSignal()
  readonly #begunFills = new Map<string, Readonly<Record<string, string>>>()
  #question: LogQuestion | undefined
  #answer: LogList | undefined
  #running = new AbortController()
  #tail: LogTail | undefined
  #position = ''
  #isPaused = false
  #isScheduled = false
  #state = nothingAsked

  constructor(options: LogFeedOptions) {
    this.#options = options
  }

  readonly state = (): LogFeedState => this.#state

  readonly subscribe = this.#changed.subscribe

  readonly ask = (question: LogQuestion): void => void this.#begin(question)

  readonly retry = (): void => {
    if (this.#question !== undefined) void this.#begin(this.#question)
  }

  readonly loadOlder = (): void => void this.#loadOlder()

  readonly fill = (gap: LogGap): void => void this.#fill(gap)

  readonly hold = (): void => this.#buffer.hold()

  readonly release = (): void => {
    this.#buffer.release()
    this.#show()
  }

  readonly pause = (): void => {
    this.#isPaused = true
    this.#endTail()
  }

  readonly resume = (): void => {
    this.#isPaused = false
    this.#beginTail()
  }

  readonly close = (): void => {
    this.#running.abort()
    this.#endTail()
  }

  #show(change: Partial<LogFeedState> = {}): void {
    const items = this.#buffer.items()
    const hasOlder = (this.#answer?.next ?? null) !== null || this.#buffer.isTrimmed()
    const waitingCount = this.#buffer.waitingCount()
    this.#state = { ...this.#state, items, hasOlder, waitingCount, ...change }
    this.#changed.emit()
  }

  #showSoon(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    this.#options.schedule(() => {
      this.#isScheduled = false
      this.#show()
    })
  }

  #endTail(): void {
    this.#position = this.#tail?.position() ?? this.#position
    this.#tail?.close()
    this.#tail = undefined
  }

  #beginTail(): void {
    if (this.#isPaused || this.#tail || this.#position === '') return
    if (this.#question?.isOpenEnded !== true) return
    this.#tail = this.#options.openTail(this.#question.query, this.#position, (batch) => {
      this.#buffer.append(batch)
      this.#showSoon()
    })
  }

  /** Loads a page; what is no longer wanted when it comes is dropped. */
  async #loadPage(
    parameters: Readonly<Record<string, string>>,
    take: (list: LogList) => void,
  ): Promise<RequestError | undefined> {
    const { signal } = this.#running
    const query = this.#question?.query ?? ''
    const all = { query, limit: String(logPageSize), ...parameters }
    try {
      const list = await this.#options.load(new URLSearchParams(all), signal)
      if (!signal.aborted) take(list)
      return undefined
    } catch (fault) {
      if (signal.aborted) return undefined
      return fault instanceof RequestError ? fault : new RequestError(0, String(fault))
    }
  }

  async #begin(asked: LogQuestion): Promise<void> {
    this.#running.abort()
    this.#running = new AbortController()
    const { signal } = this.#running
    this.#endTail()
    this.#position = ''
    this.#question = asked
    this.#show({ isLoading: true, isLoadingOlder: false, fillingKey: undefined })
    const error = await this.#loadPage(asked.time, (list) => {
      this.#answer = list
      this.#position = list.tail
      this.#buffer.reset(list.rows.toReversed())
      this.#beginTail()
      this.#show({ answerCount: this.#state.answerCount + 1, query: asked.query })
    })
    if (!signal.aborted) this.#show({ isLoading: false, error })
  }

  /** From the first line that is here backwards: by cursor as long as that line is the last of a page. */
  #olderPage(): Readonly<Record<string, string>> | undefined {
    const answer = this.#answer
    const first = this.#state.items.find((item) => item.kind === 'line')
    if (answer === undefined || first === undefined) return undefined
    const from = String(answer.from)
    if (this.#buffer.isTrimmed()) return { from, to: String(first.row.time + 1) }
    if (answer.next === null) return undefined
    return { from, to: String(answer.to), cursor: answer.next }
  }

  async #loadOlder(): Promise<void> {
    const page = this.#olderPage()
    const { isLoadingOlder, items } = this.#state
    if (page === undefined || isLoadingOlder || items.length >= mostLogItems) return
    this.#show({ isLoadingOlder: true })
    const error = await this.#loadPage(page, (list) => {
      this.#answer = list
      this.#buffer.prepend(list.rows.toReversed())
    })
    this.#show({ isLoadingOlder: false, error })
  }

  async #fill(gap: LogGap): Promise<void> {
    if (this.#state.fillingKey !== undefined) return
    const page = this.#begunFills.get(gap.key) ?? spanOfGap(this.#state.items, gap.key)
    this.#show({ fillingKey: gap.key })
    const error = await this.#loadPage({ ...page, order: 'asc' }, (list) => {
      this.#buffer.fill(gap, list.rows, list.next === null)
      if (list.next !== null) this.#begunFills.set(gap.key, { ...page, cursor: list.next })
    })
    this.#show({ fillingKey: undefined, error })
  }
}

/** The time between the lines around a gap, both included, as parameters. */
function spanOfGap(items: readonly LogItem[], key: string): Readonly<Record<string, string>> {
  const place = items.findIndex((item) => item.key === key)
  const before = items.slice(0, place).findLast((item) => item.kind === 'line')
  const after = items.slice(place).find((item) => item.kind === 'line')
  return {
    from: String(before?.row.time ?? 0),
    to: String((after?.row.time ?? Date.now()) + 1),
  }
}

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
export function openLogFeed({ load, openTail, schedule }: LogFeedOptions): LogFeed {
  const buffer = createLogBuffer(limits)
  const changed = createSignal()
  let question: LogQuestion | undefined
  let answer: LogList | undefined
  let running = new AbortController()
  const begunFills = new Map<string, Readonly<Record<string, string>>>()
  let tail: LogTail | undefined
  let position = ''
  let isPaused = false
  let isScheduled = false
  let state: LogFeedState = {
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

  function show(change: Partial<LogFeedState> = {}): void {
    const items = buffer.items()
    const hasOlder = (answer?.next ?? null) !== null || buffer.isTrimmed()
    state = { ...state, items, hasOlder, waitingCount: buffer.waitingCount(), ...change }
    changed.emit()
  }

  function showSoon(): void {
    if (isScheduled) return
    isScheduled = true
    schedule(() => {
      isScheduled = false
      show()
    })
  }

  function endTail(): void {
    position = tail?.position() ?? position
    tail?.close()
    tail = undefined
  }

  function beginTail(): void {
    if (isPaused || tail || position === '' || question?.isOpenEnded !== true) return
    tail = openTail(question.query, position, (batch) => {
      buffer.append(batch)
      showSoon()
    })
  }

  /** Loads a page; what is no longer wanted when it comes is dropped. */
  async function loadPage(
    parameters: Readonly<Record<string, string>>,
    take: (list: LogList) => void,
  ): Promise<RequestError | undefined> {
    const { signal } = running
    const all = { query: question?.query ?? '', limit: String(logPageSize), ...parameters }
    try {
      const list = await load(new URLSearchParams(all), signal)
      if (!signal.aborted) take(list)
      return undefined
    } catch (fault) {
      if (signal.aborted) return undefined
      return fault instanceof RequestError ? fault : new RequestError(0, String(fault))
    }
  }

  async function begin(asked: LogQuestion): Promise<void> {
    running.abort()
    running = new AbortController()
    const { signal } = running
    endTail()
    position = ''
    question = asked
    show({ isLoading: true, isLoadingOlder: false, fillingKey: undefined })
    const error = await loadPage(asked.time, (list) => {
      answer = list
      position = list.tail
      buffer.reset(list.rows.toReversed())
      beginTail()
      show({ answerCount: state.answerCount + 1, query: asked.query })
    })
    if (!signal.aborted) show({ isLoading: false, error })
  }

  /** From the first line that is here backwards: by cursor as long as that line is the last of a page. */
  function olderPage(): Readonly<Record<string, string>> | undefined {
    const first = state.items.find((item) => item.kind === 'line')
    if (answer === undefined || first === undefined) return undefined
    const from = String(answer.from)
    if (buffer.isTrimmed()) return { from, to: String(first.row.time + 1) }
    if (answer.next === null) return undefined
    return { from, to: String(answer.to), cursor: answer.next }
  }

  async function loadOlder(): Promise<void> {
    const page = olderPage()
    if (page === undefined || state.isLoadingOlder || state.items.length >= mostLogItems) return
    show({ isLoadingOlder: true })
    const error = await loadPage(page, (list) => {
      answer = list
      buffer.prepend(list.rows.toReversed())
    })
    show({ isLoadingOlder: false, error })
  }

  async function fill(gap: LogGap): Promise<void> {
    if (state.fillingKey !== undefined) return
    const page = begunFills.get(gap.key) ?? spanOfGap(state.items, gap.key)
    show({ fillingKey: gap.key })
    const error = await loadPage({ ...page, order: 'asc' }, (list) => {
      buffer.fill(gap, list.rows, list.next === null)
      if (list.next !== null) begunFills.set(gap.key, { ...page, cursor: list.next })
    })
    show({ fillingKey: undefined, error })
  }

  return {
    state: () => state,
    subscribe: changed.subscribe,
    ask: (asked) => void begin(asked),
    retry: () => question && void begin(question),
    loadOlder: () => void loadOlder(),
    fill: (gap) => void fill(gap),
    hold: () => buffer.hold(),
    release() {
      buffer.release()
      show()
    },
    pause() {
      isPaused = true
      endTail()
    },
    resume() {
      isPaused = false
      beginTail()
    },
    close() {
      running.abort()
      endTail()
    },
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

import { useCallback, useEffect, useMemo, useState, type ReactElement } from 'react'

import type { LogContext, LogRow } from '../../../src/api/contract/logs.ts'
import { toLine } from '../data/log-item.ts'
import { fetchJson, RequestError, useRequest } from '../data/request.ts'
import { BackIcon } from '../elements/icon.tsx'
import { say } from '../messages/logs.ts'
import { dateTimeText } from '../units/clock.ts'
import type { ChooseValue } from '../searches/facet-list.tsx'
import { LogLines } from './log-lines.tsx'
import { nameOf } from './log-row.tsx'

const firstLines = 50
const moreLines = 200

/** One line among what the same container printed before and after it. */
export function ContextView(props: {
  readonly line: string
  readonly isWrapped: boolean
  readonly onChoose: ChooseValue
  readonly onClose: () => void
}): ReactElement {
  const { line, isWrapped, onChoose, onClose } = props
  const first = useRequest<LogContext>(contextPath(line, firstLines, firstLines))
  const { rows, more, error, isLoading } = useMoreLines(first.data)
  const row = rows.find(({ id }) => id === line)
  const items = useMemo(() => rows.map(toLine), [rows])
  const hasDays = rows.length > 0 && isOfOtherDay(rows)
  const look = useMemo(
    () => ({ isWrapped, hasDays, isOfOne: true, hasHosts: false }),
    [isWrapped, hasDays],
  )
  const actions = useMemo(() => ({ onChoose }), [onChoose])
  const problem = first.error ?? error
  return (
    <section aria-label={say('logs.context')} className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-3 border-b border-line bg-panel px-3.5 py-2 sm:px-5">
        <button type="button" className="control" onClick={onClose}>
          <BackIcon />
          {say('logs.contextClose')}
        </button>
        <span className="text-soft">
          {row && say('logs.contextOf', { name: nameOf(row), time: dateTimeText(row.time) })}
        </span>
      </div>
      {problem && (
        <p role="alert" className="px-3.5 py-3 sm:px-5">
          {problem.status === 404
            ? say('logs.lineGone')
            : say('logs.failed', { message: problem.message })}
        </p>
      )}
      {first.isPending && <p className="p-5 text-soft">{say('logs.loading')}</p>}
      {items.length > 0 && (
        <LogLines
          items={items}
          look={look}
          actions={actions}
          markedKey={line}
          top={<More isLoading={isLoading} ask={more.before} />}
          bottom={<More isLoading={isLoading} ask={more.after} />}
        />
      )}
    </section>
  )
}

function More(props: {
  readonly isLoading: boolean
  readonly ask: (() => void) | undefined
}): ReactElement {
  const { isLoading, ask } = props
  if (ask === undefined) return <span className="text-faint">{say('logs.contextEnd')}</span>
  return (
    <button type="button" className="underline" disabled={isLoading} onClick={ask}>
      {say(isLoading ? 'logs.loading' : 'logs.contextMore')}
    </button>
  )
}

/** The first answer, and what was asked for before and after it since. */
function useMoreLines(first: LogContext | undefined): {
  readonly rows: readonly LogRow[]
  /** Asks for more at an end that has more. */
  readonly more: {
    readonly before: (() => void) | undefined
    readonly after: (() => void) | undefined
  }
  readonly error: RequestError | undefined
  readonly isLoading: boolean
} {
  const [shown, setShown] = useState<LogContext>()
  const [isLoading, setLoading] = useState(false)
  const [error, setError] = useState<RequestError>()
  useEffect(() => setShown(first), [first])
  const ask = useCallback(async (side: 'before' | 'after', edge: LogRow) => {
    setLoading(true)
    setError(undefined)
    const path =
      side === 'before' ? contextPath(edge.id, moreLines, 0) : contextPath(edge.id, 0, moreLines)
    try {
      const added = await fetchJson<LogContext>(path)
      setShown((before) => before && joinContexts(before, added, side))
    } catch (fault) {
      setError(fault instanceof RequestError ? fault : new RequestError(0, String(fault)))
    }
    setLoading(false)
  }, [])
  const rows = shown?.rows ?? []
  const [top, end] = [rows[0], rows.at(-1)]
  return {
    rows,
    more: {
      before: shown?.hasBefore === true && top ? () => void ask('before', top) : undefined,
      after: shown?.hasAfter === true && end ? () => void ask('after', end) : undefined,
    },
    error,
    isLoading,
  }
}

/** Both contexts as one; the line at their seam is in both. */
function joinContexts(shown: LogContext, added: LogContext, side: 'before' | 'after'): LogContext {
  const known = new Set(shown.rows.map(({ id }) => id))
  const rows = added.rows.filter(({ id }) => !known.has(id))
  return side === 'before'
    ? { ...shown, rows: [...rows, ...shown.rows], hasBefore: added.hasBefore }
    : { ...shown, rows: [...shown.rows, ...rows], hasAfter: added.hasAfter }
}

function contextPath(id: string, before: number, after: number): string {
  const parameters = new URLSearchParams({ id, before: String(before), after: String(after) })
  return `/api/logs/context?${parameters}`
}

/** Whether a row was printed on another day than today. */
export function isOfOtherDay(rows: readonly LogRow[]): boolean {
  const today = new Date().setHours(0, 0, 0, 0)
  return rows.some(({ time }) => time < today)
}

import { useCallback, useEffect, useMemo, useState, type ReactElement } from 'react'

import type { DashboardAnswer } from '../../../../src/api/contract/dashboards.ts'
import { useHost } from '../../data/hosts.ts'
import { useGoTo, useSearch, useSetSearch } from '../../data/search.ts'
import { say } from '../../messages/dashboards.ts'
import { MarksContext } from '../../charts/marks-context.ts'
import { markOf } from '../../marks/mark-of.ts'
import { faultMarksQuery } from '../../marks/mark-queries.ts'
import { MarksToggle } from '../../marks/marks-toggle.tsx'
import { useMarksSwitch } from '../../marks/use-marks-switch.ts'
import { useMarks } from '../../marks/use-marks.ts'
import { useTimeRange } from '../../ranges/use-time-range.ts'
import { useShortcuts } from '../../shell/shortcuts.ts'
import { BoardContext, type Board as BoardShared } from '../../widgets/board-context.ts'
import { boardSearch } from '../../widgets/board-query.ts'
import { isEverything, readChoices, writeChoice } from '../../widgets/choices.ts'
import { openQuestionGate } from '../../widgets/question-gate.ts'
import { WidgetFrame } from '../../widgets/widget-frame.tsx'
import { BoardHead } from './board-head.tsx'
import { enterScreen, leaveScreen, useScreenLeft } from './full-screen.ts'
import { LeftOutNotice } from './left-out-notice.tsx'
import { singleWidgets } from './single-widgets.ts'
import { readBoardView, writeBoardView, type BoardView } from './view.ts'
import { WidgetGrid } from './widget-grid.tsx'

/** Questions that are asked at a time: a browser has six connections to one server, and the live stream holds one. */
const questionsAtATime = 5

/** A dashboard with its widgets, or one of them alone. All that is chosen stands in the address. */
export function Board({ dashboard }: { readonly dashboard: DashboardAnswer }): ReactElement {
  const search = useSearch()
  const setSearch = useSetSearch()
  const times = useTimeRange()
  const view = useMemo(() => readBoardView(search), [search])
  const onView = useCallback(
    (change: Partial<BoardView>) => setSearch(writeBoardView(change)),
    [setSearch],
  )
  const choices = useChoices(dashboard, search)
  const host = useHost()
  const [gate] = useState(() => openQuestionGate(questionsAtATime))
  const { range, zoom } = times
  const board = useMemo(
    () => ({ range, choices, host, gate, onZoom: zoom }),
    [range, choices, host, gate, zoom],
  )
  const marksSwitch = useMarksSwitch()
  const marks = useMarks(marksSwitch.isOn ? marksQuery(board) : undefined, range, markOf)
  const { leaveOne, goBack, toggleKiosk } = useWays(view, onView)
  useShortcuts({
    Escape: range.kind === 'zoomed' ? times.zoomOut : leaveOne,
    f: () => onView({ filling: view.filling === '' ? pointedWidget() : '' }),
  })
  return (
    <BoardContext value={board}>
      <div
        className="board"
        data-kiosk={view.isKiosk || undefined}
        data-filling={view.filling || undefined}
      >
        <BoardHead
          dashboard={dashboard}
          choices={choices}
          times={times}
          marks={<MarksToggle marks={marks} switch={marksSwitch} />}
          isKiosk={view.isKiosk}
          onBack={goBack}
          onKiosk={toggleKiosk}
          onChoose={({ variable }, values) => setSearch(writeChoice(variable, values))}
        />
        <LeftOutNotice leftOut={dashboard.leftOut} />
        <MarksContext value={marks.events}>
          <Content dashboard={dashboard} view={view} onView={onView} />
        </MarksContext>
      </div>
    </BoardContext>
  )
}

function Content(props: {
  readonly dashboard: DashboardAnswer
  readonly view: BoardView
  readonly onView: (change: Partial<BoardView>) => void
}): ReactElement {
  const { dashboard, view, onView } = props
  const { widgets } = dashboard
  if (view.filling !== '') {
    const widget = singleWidgets(widgets).find(({ id }) => id === view.filling)
    if (widget === undefined) return <p className="p-5 text-soft">{say('widget.missing')}</p>
    return (
      <WidgetFrame
        key={widget.id}
        widget={widget}
        isFilling
        onFill={() => onView({ filling: '' })}
      />
    )
  }
  if (widgets.length === 0) return <p className="p-5 text-soft">{say('dashboard.empty')}</p>
  return (
    <WidgetGrid
      widgets={widgets}
      actions={{
        folded: view.folded,
        onFold: (id) => onView({ folded: toggled(view.folded, id) }),
        onFill: (filling) => onView({ filling }),
      }}
    />
  )
}

/** What to mark: events of what the template variables and the host leave. */
function marksQuery(board: BoardShared): string {
  const chosen = board.choices.filter((choice) => !isEverything(choice))
  return faultMarksQuery(
    boardSearch(chosen.map(({ variable }) => `$${variable.name}`).join(' '), board),
  )
}

/** The same choices as long as the address says the same of them. */
function useChoices(
  { variables }: DashboardAnswer,
  search: ReturnType<typeof useSearch>,
): ReturnType<typeof readChoices> {
  const choices = readChoices(variables, search)
  const [kept, setKept] = useState(choices)
  const isSame = JSON.stringify(choices) === JSON.stringify(kept)
  useEffect(() => {
    if (!isSame) setKept(choices)
  })
  return isSame ? kept : choices
}

/** The ways out: of one widget, of the full screen, to the list. */
function useWays(
  view: BoardView,
  onView: (change: Partial<BoardView>) => void,
): {
  readonly leaveOne: () => void
  readonly goBack: () => void
  readonly toggleKiosk: () => void
} {
  const goTo = useGoTo()
  const goBack = useCallback(() => goTo('/dashboards'), [goTo])
  const leaveKiosk = useCallback(() => {
    leaveScreen()
    onView({ isKiosk: false })
  }, [onView])
  useScreenLeft(leaveKiosk)
  return {
    goBack,
    leaveOne() {
      if (view.filling !== '') onView({ filling: '' })
      else if (view.isKiosk) leaveKiosk()
      else goBack()
    },
    toggleKiosk() {
      if (view.isKiosk) leaveKiosk()
      else {
        enterScreen()
        onView({ isKiosk: true })
      }
    },
  }
}

/** The widget that has the focus, else the one at the pointer; empty when neither is at any. */
function pointedWidget(): string {
  const box =
    document.querySelector<HTMLElement>('.widget:focus-within') ??
    document.querySelector<HTMLElement>('.widget:hover')
  return box?.dataset['widget'] ?? ''
}

function toggled(folded: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(folded)
  if (!next.delete(id)) next.add(id)
  return next
}

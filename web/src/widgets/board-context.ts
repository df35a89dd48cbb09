import { createContext, useContext } from 'react'

import type { TimeRange } from '../ranges/time-range.ts'
import type { Choice } from './choices.ts'
import type { QuestionGate } from './question-gate.ts'

/** What all widgets of a dashboard share. */
export interface Board {
  /** The page's one time range. */
  readonly range: TimeRange
  readonly choices: readonly Choice[]
  /** All questions are about this host; empty for all. */
  readonly host: string
  /** All questions of the dashboard go through it. */
  readonly gate: QuestionGate
  /** A span that was dragged over, in Unix seconds. */
  readonly onZoom: (fromS: number, toS: number) => void
}

/** Hands the dashboard to its widgets. */
export const BoardContext = createContext<Board | undefined>(undefined)

/** Whether the widget around is in sight; one that is not asks nothing. */
export const InViewContext = createContext(true)

/** The dashboard around. */
export function useBoard(): Board {
  const board = useContext(BoardContext)
  if (board === undefined) throw new Error('Cannot show a widget: no BoardContext is above')
  return board
}

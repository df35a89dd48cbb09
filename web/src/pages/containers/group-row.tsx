import { useCallback, useRef, type ReactElement } from 'react'

import { isRunning, readFigure, type LiveRow } from '../../data/live-row.ts'
import { usePaint } from '../../data/live.ts'
import { stateWord } from '../../elements/container-state.ts'
import { ChevronIcon } from '../../elements/icon.tsx'
import { say, sayCount, type MessageKey } from '../../messages/message.ts'
import {
  countQuantity,
  memoryQuantity,
  percentQuantity,
  rateQuantity,
  type Quantity,
} from '../../units/quantity.ts'
import type { GroupLine } from './arrange-rows.ts'
import type { Column, ColumnId } from './columns.ts'

/** The figures that have a meaning when they are added up. */
const sums = {
  cpu: { format: percentQuantity, unit: ['unit.percent'] },
  memory: { format: memoryQuantity, unit: ['unit.mebibyte'] },
  netRcvd: { format: rateQuantity, unit: ['unit.kibibyte', 'unit.perSecond'] },
  netSent: { format: rateQuantity, unit: ['unit.kibibyte', 'unit.perSecond'] },
  ioRead: { format: rateQuantity, unit: ['unit.kibibyte', 'unit.perSecond'] },
  ioWritten: { format: rateQuantity, unit: ['unit.kibibyte', 'unit.perSecond'] },
  threads: { format: countQuantity, unit: [] },
} as const satisfies Partial<
  Record<
    ColumnId,
    { readonly format: (value: number) => Quantity; readonly unit: readonly MessageKey[] }
  >
>
type SumId = keyof typeof sums

const missing = '–'

/** The head of a group: its name, how its containers are, and what they use together. It folds the group away. */
export function GroupRow(props: {
  readonly line: GroupLine
  readonly columns: readonly Column[]
  readonly isCompact: boolean
  readonly top: number
  readonly index: number
  readonly onToggle: (key: string) => void
}): ReactElement {
  const { line, columns, isCompact, top, index, onToggle } = props
  const { rows } = line
  const element = useRef<HTMLDivElement>(null)
  usePaint(
    useCallback(() => {
      if (element.current) paintSums(element.current, rows)
    }, [rows, columns]),
  )
  const textCount = columns.filter(({ isNumber }) => !isNumber).length
  return (
    <div
      ref={element}
      role="row"
      className="fleet-group"
      data-depth={line.depth}
      aria-rowindex={index}
      style={{ top }}
    >
      <div
        role="cell"
        aria-colspan={textCount}
        className="cell"
        style={isCompact ? undefined : { gridColumn: `1 / ${textCount + 1}` }}
      >
        <button
          type="button"
          className="group-fold"
          aria-expanded={!line.isFolded}
          onClick={() => onToggle(line.key)}
        >
          <ChevronIcon />
          <span className="truncate font-semibold">{line.name}</span>
        </button>
        <GroupState rows={rows} />
      </div>
      {columns
        .filter(({ isNumber }) => isNumber)
        .map(({ id }) => (
          <SumCell key={id} id={id} rows={rows} />
        ))}
    </div>
  )
}

/** How many there are; how many of them run where not all do; how many need a look, in the colour of the worst. */
function GroupState({ rows }: { readonly rows: readonly LiveRow[] }): ReactElement {
  const runningCount = rows.filter(({ container }) => isRunning(container)).length
  const tones = rows.map(({ container }) => stateWord(container).tone)
  const criticalCount = tones.filter((tone) => tone === 'critical').length
  return (
    <span className="group-state">
      <span className="max-md:hidden">{' · '}</span>
      {runningCount === rows.length
        ? sayCount('table.shown', rows.length)
        : sayCount('group.runningOf', runningCount, { all: countQuantity(rows.length).number })}
      {criticalCount > 0 && (
        <>
          {' · '}
          <span className="font-semibold text-critical">
            {sayCount('group.critical', criticalCount)}
          </span>
        </>
      )}
    </span>
  )
}

function SumCell(props: {
  readonly id: ColumnId
  readonly rows: readonly LiveRow[]
}): ReactElement {
  const { id, rows } = props
  if (isSum(id)) {
    const isGauge = id === 'cpu' || id === 'memory'
    const unit = sums[id].unit.map((key) => say(key)).join('')
    return (
      <div role="cell" className={isGauge ? `cell cell-gauge cell-${id}` : 'cell cell-number'}>
        <span className={isGauge ? 'cell-number col-start-2 max-md:col-auto' : undefined}>
          <span data-sum={id} />
          {unit && <span className="unit">{`\u00a0${unit}`}</span>}
        </span>
      </div>
    )
  }
  const restarts =
    id === 'restarts' ? rows.reduce((sum, row) => sum + row.container.restarts, 0) : 0
  return (
    <div role="cell" className="cell cell-number">
      {restarts > 0 && countQuantity(restarts).number}
    </div>
  )
}

function isSum(id: string): id is SumId {
  return id in sums
}

/** Writes past React, as the rows do. A figure that no container has is missing, not zero. */
function paintSums(element: HTMLElement, rows: readonly LiveRow[]): void {
  for (const text of element.querySelectorAll<HTMLElement>('[data-sum]')) {
    const id = text.dataset['sum'] ?? ''
    if (!isSum(id)) continue
    const sum = sumOf(rows, id)
    const written = sum === undefined ? missing : sums[id].format(sum).number
    if (text.textContent !== written) text.textContent = written
    text.dataset['is'] = sum === undefined ? 'missing' : sum === 0 ? 'zero' : 'some'
  }
}

function sumOf(rows: readonly LiveRow[], name: SumId): number | undefined {
  let sum: number | undefined
  for (const row of rows) {
    const value = isRunning(row.container) ? readFigure(row, name) : undefined
    if (value !== undefined) sum = (sum ?? 0) + value
  }
  return sum
}

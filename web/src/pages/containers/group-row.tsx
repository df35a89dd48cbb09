import { useCallback, useRef, type ReactElement } from 'react'

import { isRunning, readFigure, type LiveRow } from '../../data/live-row.ts'
import { usePaint } from '../../data/live.ts'
import { say, sayCount } from '../../messages/message.ts'
import { memoryQuantity, percentQuantity } from '../../units/quantity.ts'

/** The head of a group: its name, how many containers it has, and what they use together. */
export function GroupRow(props: {
  readonly name: string
  readonly rows: readonly LiveRow[]
  readonly top: number
  readonly index: number
}): ReactElement {
  const { name, rows, top, index } = props
  const cpu = useRef<HTMLSpanElement>(null)
  const memory = useRef<HTMLSpanElement>(null)
  const paint = useCallback(() => {
    if (cpu.current) cpu.current.textContent = percentQuantity(sum(rows, 'cpu')).number
    if (memory.current) memory.current.textContent = memoryQuantity(sum(rows, 'memory')).number
  }, [rows])
  usePaint(paint)
  return (
    <div role="row" className="fleet-group" aria-rowindex={index} style={{ top }}>
      <div role="cell" className="cell">
        <span className="font-semibold">{name}</span>
        <span className="text-faint"> · {sayCount('table.shown', rows.length)}</span>
      </div>
      <div role="cell" className="cell cell-gauge cell-cpu">
        <span className="cell-number col-start-2 max-md:col-auto">
          <span ref={cpu} />
          <span className="unit">{`\u00a0${say('unit.percent')}`}</span>
        </span>
      </div>
      <div role="cell" className="cell cell-gauge cell-memory">
        <span className="cell-number col-start-2 max-md:col-auto">
          <span ref={memory} />
          <span className="unit">{`\u00a0${say('unit.mebibyte')}`}</span>
        </span>
      </div>
    </div>
  )
}

function sum(rows: readonly LiveRow[], name: 'cpu' | 'memory'): number {
  return rows.reduce(
    (total, row) => total + (isRunning(row.container) ? (readFigure(row, name) ?? 0) : 0),
    0,
  )
}

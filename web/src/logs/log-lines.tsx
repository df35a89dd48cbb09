import { useRef, type ReactElement, type ReactNode, type RefObject } from 'react'

import type { LogGap } from '../data/log-item.ts'
import { say, sayCount } from '../messages/logs.ts'
import type { DetailActions } from './log-details.tsx'
import { LogRowView, type LineLook } from './log-row.tsx'
import { edgePx, gapPx, useLineList, type LineListOptions } from './use-line-list.ts'
import { probeLength } from './use-line-metrics.ts'

/** A list of lines, the newest at the bottom, of which only those in sight exist. */
export function LogLines(
  props: LineListOptions & {
    readonly actions: DetailActions
    readonly top: ReactNode
    readonly bottom?: ReactNode
    /** Stays in sight at the end of the list, over the lines. */
    readonly chip?: ReactNode
    readonly fillingKey?: string | undefined
    readonly onFill?: (gap: LogGap) => void
  },
): ReactElement {
  const { items, look, markedKey, actions, top, bottom, chip, fillingKey, onFill } = props
  const box = useRef<HTMLDivElement>(null)
  const probe = useRef<HTMLDivElement>(null)
  const { virtualizer, openKeys, chosenKey, toggle } = useLineList(box, probe, props)
  const isOfOne = look.isOfOne || undefined
  const hasDays = look.hasDays || undefined
  return (
    <div
      ref={box}
      role="region"
      aria-label={say('logs.label')}
      tabIndex={0}
      className="log-lines"
      data-wrapped={look.isWrapped || undefined}
    >
      <Probe line={probe} look={look} />
      <ol
        className="log-body"
        style={{ height: virtualizer.getTotalSize() }}
        data-of-one={isOfOne}
        data-days={hasDays}
        data-hosts={look.hasHosts || undefined}
      >
        <li className="log-edge" style={{ top: 0, height: edgePx }}>
          {top}
        </li>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const item = items[index]
          if (item === undefined) return null
          if (item.kind === 'gap') {
            const isFilling = fillingKey === item.key
            return (
              <Gap key={item.key} gap={item} top={start} isFilling={isFilling} onFill={onFill} />
            )
          }
          return (
            <LogRowView
              key={item.key}
              row={item.row}
              look={look}
              top={start}
              index={index}
              isOpen={openKeys.has(item.key)}
              isChosen={chosenKey === item.key}
              isMarked={markedKey === item.key}
              measure={virtualizer.measureElement}
              onToggle={toggle}
              actions={actions}
            />
          )
        })}
        <li
          className="log-edge"
          style={{ top: virtualizer.getTotalSize() - edgePx, height: edgePx }}
        >
          {bottom}
        </li>
      </ol>
      {chip && <div className="log-chip-place">{chip}</div>}
    </div>
  )
}

/** Lines that were left out, and the button that brings them. */
function Gap(props: {
  readonly gap: LogGap
  readonly top: number
  readonly isFilling: boolean
  readonly onFill: ((gap: LogGap) => void) | undefined
}): ReactElement {
  const { gap, top, isFilling, onFill } = props
  return (
    <li className="log-gap" style={{ top, height: gapPx }} data-skipped={gap.skipped}>
      {sayCount('logs.skipped', gap.skipped)}
      <button
        type="button"
        className="underline"
        disabled={isFilling}
        onClick={() => onFill?.(gap)}
      >
        {say(isFilling ? 'logs.loading' : 'logs.showSkipped')}
      </button>
    </li>
  )
}

/** A row that is laid out like the others, to be measured. */
function Probe(props: {
  readonly line: RefObject<HTMLDivElement | null>
  readonly look: LineLook
}): ReactElement {
  const { line, look } = props
  return (
    <div
      className="log-probe"
      aria-hidden="true"
      data-of-one={look.isOfOne || undefined}
      data-days={look.hasDays || undefined}
      data-hosts={look.hasHosts || undefined}
    >
      <div ref={line} className="log-line">
        <span className="log-time">00:00:00.000</span>
        <span className="log-level" />
        {look.hasHosts && <span className="log-host" />}
        {!look.isOfOne && <span className="log-name" />}
        <span className="log-message">
          <span>{'0'.repeat(probeLength)}</span>
        </span>
      </div>
    </div>
  )
}

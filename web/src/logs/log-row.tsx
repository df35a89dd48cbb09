import { memo, useRef, type MouseEvent, type ReactElement } from 'react'

import type { LogRow } from '../../../src/api/contract/logs.ts'
import { say, sayCount } from '../messages/logs.ts'
import { dayText, exactClockText } from '../units/clock.ts'
import { nameColour } from './container-colour.ts'
import { foldMessage } from './fold-message.ts'
import { bandOf } from './level-band.ts'
import { LogDetails, type DetailActions } from './log-details.tsx'
import { MessageText } from './message-text.tsx'
import { attributesBehind } from './row-attributes.ts'
import { isHeightCertain } from './row-height.ts'

/** How the lines of a list are shown. */
export interface LineLook {
  readonly isWrapped: boolean
  /** Whether lines are of several days. */
  readonly hasDays: boolean
  /** Whether all are of one container, whose name would say nothing. */
  readonly isOfOne: boolean
  /** Whether they are of several hosts. */
  readonly hasHosts: boolean
}

/** One line of a log; open, with all that is known of it. */
export const LogRowView = memo(function LogRowView(props: {
  readonly row: LogRow
  readonly look: LineLook
  /** Distance from the top of the list in pixels. */
  readonly top: number
  readonly index: number
  readonly isOpen: boolean
  /** Whether j and k have reached it. */
  readonly isChosen: boolean
  /** Whether it is the one that was looked for. */
  readonly isMarked: boolean
  readonly measure: (element: Element | null) => void
  readonly onToggle: (key: string) => void
  readonly actions: DetailActions
}): ReactElement {
  const { row, look, top, index, isOpen, isChosen, isMarked, measure, onToggle, actions } = props
  // Reading a height makes the browser lay out the page: only for what cannot be worked out.
  const isMeasured = useRef(!isHeightCertain(row))
  if (isOpen) isMeasured.current = true
  const toggle = (event: MouseEvent<HTMLElement>): void => {
    if (getSelection()?.type === 'Range' && event.detail > 0) return
    onToggle(row.id)
  }
  return (
    <li
      ref={isMeasured.current ? measure : undefined}
      className="log-row"
      style={{ top }}
      data-index={index}
      data-line={row.id}
      data-band={bandOf(row.level)}
      data-chosen={isChosen || undefined}
      data-marked={isMarked || undefined}
      data-open={isOpen || undefined}
    >
      <div className="log-line" onClick={toggle}>
        <button
          type="button"
          className="log-time"
          aria-expanded={isOpen}
          tabIndex={isChosen || isOpen ? 0 : -1}
        >
          {look.hasDays && <span className="log-day">{dayText(row.time)} </span>}
          {exactClockText(row.time)}
        </button>
        <span className="log-level">{row.level === 'unknown' ? '' : row.level}</span>
        <Origin row={row} look={look} />
        <span className="log-message">
          <Message row={row} isWhole={isOpen} isWrapped={look.isWrapped} />
        </span>
      </div>
      {isOpen && <LogDetails row={row} actions={actions} />}
    </li>
  )
})

/** Of which host and container it is, where lines are of several. */
function Origin(props: { readonly row: LogRow; readonly look: LineLook }): ReactElement {
  const { row, look } = props
  const name = nameOf(row)
  return (
    <>
      {look.hasHosts && (
        <span className="log-host" title={row.host}>
          {row.host}
        </span>
      )}
      {!look.isOfOne && (
        <span className="log-name" data-colour={nameColour(name)} title={name}>
          {name}
        </span>
      )}
    </>
  )
}

function Message(props: {
  readonly row: LogRow
  readonly isWhole: boolean
  readonly isWrapped: boolean
}): ReactElement {
  const { row, isWhole, isWrapped } = props
  if (isWhole) return <MessageText message={row.message} />
  const { text, hiddenLength } = foldMessage(row.message)
  const attributes = attributesBehind(row)
  return (
    <>
      <MessageText message={isWrapped ? text : text.replaceAll('\n', ' ⏎ ')} />
      {hiddenLength > 0 && (
        <button type="button" className="log-more" tabIndex={-1}>
          {sayCount('logs.showAll', hiddenLength)}
        </button>
      )}
      {attributes !== '' && <span className="text-faint">{attributes}</span>}
      {row.message === '' && attributes === '' && (
        <span className="text-faint">{say('logs.emptyLine')}</span>
      )}
    </>
  )
}

/** What a line is of: its container, or else what wrote it. */
export function nameOf({ containerName, service, source }: LogRow): string {
  return containerName || service || source
}

import { memo, useRef, type ReactElement } from 'react'

import type { HappeningRow } from '../../../src/api/contract/happenings.ts'
import { rowWords } from './event-words.ts'
import { HappeningDetails, type DetailActions } from './happening-details.tsx'
import {
  ContainerLink,
  HappeningLine,
  Teller,
  type LineLook,
  type LinePlace,
} from './happening-line.tsx'
import { toneOf } from './summarise-burst.ts'

/** What a row is shown with. */
interface RowProps extends LinePlace, LineLook {
  readonly row: HappeningRow
  readonly isInBurst: boolean
  /** Whether a link led to it. */
  readonly isMarked: boolean
  readonly measure: (element: Element | null) => void
  readonly onToggle: (key: string) => void
  readonly actions: DetailActions
}

/** One happening; open, with all that is known of it. */
export const HappeningRowView = memo(function HappeningRowView(props: RowProps): ReactElement {
  const { row, top, index, isOpen, isChosen, isInBurst, isMarked, isOfOne, hasHosts } = props
  const { measure, onToggle, actions } = props
  // Closed rows are of one height: only what was open once is measured.
  const isMeasured = useRef(false)
  if (isOpen) isMeasured.current = true
  const { kind, container, actor } = row
  return (
    <li
      ref={isMeasured.current ? measure : undefined}
      className="happening"
      style={{ top }}
      data-index={index}
      data-key={row.id}
      data-happening={kind}
      data-tone={toneOf(row)}
      data-nested={isInBurst || undefined}
      data-chosen={isChosen || undefined}
      data-marked={isMarked || undefined}
      data-open={isOpen || undefined}
    >
      <HappeningLine
        {...{ kind, isOpen, isChosen, isOfOne, hasHosts }}
        of={row}
        tone={toneOf(row)}
        about={undefined}
        subject={container === null ? <Teller actor={actor} /> : <ContainerLink row={row} />}
        onToggle={() => onToggle(row.id)}
      >
        <What row={row} />
      </HappeningLine>
      {isOpen && <HappeningDetails row={row} actions={actions} />}
    </li>
  )
})

function What({ row }: { readonly row: HappeningRow }): ReactElement {
  const [firstLine = ''] = row.text.trim().split('\n', 1)
  return (
    <span title={row.title}>
      {rowWords(row)}
      {firstLine !== '' && <span className="ml-2 text-faint">{firstLine}</span>}
    </span>
  )
}

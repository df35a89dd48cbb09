import { memo, useMemo, type ReactElement } from 'react'

import type { HappeningRow } from '../../../src/api/contract/happenings.ts'
import { ChevronIcon } from '../elements/icon.tsx'
import { sayCount } from '../messages/events.ts'
import { clockText } from '../units/clock.ts'
import { burstWords } from './event-words.ts'
import type { Burst } from './group-bursts.ts'
import {
  ContainerLink,
  HappeningLine,
  Teller,
  type LineLook,
  type LinePlace,
} from './happening-line.tsx'
import { summariseBurst } from './summarise-burst.ts'

/** What a burst is shown with. */
interface BurstProps extends LinePlace, LineLook {
  readonly burst: Burst
  readonly onToggle: (burst: Burst) => void
}

/** What belongs together, on one line. */
export const BurstRowView = memo(function BurstRowView(props: BurstProps): ReactElement | null {
  const { burst, isOfOne, hasHosts, top, index, isOpen, isChosen, onToggle } = props
  const { rows, key } = burst
  const summary = useMemo(() => summariseBurst(rows), [rows])
  const { tone, containers, gravest } = summary
  const [newest] = rows
  if (newest === undefined) return null
  const opens = sayCount('events.openBurst', rows.length)
  return (
    <li
      className="happening"
      style={{ top }}
      data-index={index}
      data-key={`burst ${key}`}
      data-burst={rows.length}
      data-tone={tone}
      data-chosen={isChosen || undefined}
      data-open={isOpen || undefined}
    >
      <HappeningLine
        {...{ tone, isOpen, isChosen, isOfOne, hasHosts }}
        of={newest}
        kind={gravest?.kind ?? newest.kind}
        about={`${clockText(newest.timeMs)}: ${opens}`}
        subject={<Subject newest={newest} containers={containers} />}
        onToggle={() => onToggle(burst)}
      >
        <span className="happening-count" aria-hidden="true" title={opens}>
          <ChevronIcon />
          {rows.length}
        </span>
        <span className="truncate">{burstWords(summary)}</span>
      </HappeningLine>
    </li>
  )
})

/** Whose burst it is: of one container, of several of an image, or of who told it. */
function Subject(props: {
  readonly newest: HappeningRow
  readonly containers: readonly string[]
}): ReactElement {
  const { newest, containers } = props
  if (containers.length === 0) return <Teller actor={newest.actor} />
  if (containers.length === 1) return <ContainerLink row={newest} />
  return (
    <span title={containers.join(', ')}>{sayCount('events.containers', containers.length)}</span>
  )
}

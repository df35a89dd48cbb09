import type { MouseEvent, ReactElement, ReactNode } from 'react'

import type { HappeningKind, HappeningRow } from '../../../src/api/contract/happenings.ts'
import type { Tone } from '../elements/container-state.ts'
import { InnerLink } from '../elements/inner-link.tsx'
import { say } from '../messages/events.ts'
import { clockText, dateTimeText } from '../units/clock.ts'
import { containerAddress } from './event-addresses.ts'

/** How the lines of a list are shown. */
export interface LineLook {
  /** Whether all are of one container, whose name would say nothing. */
  readonly isOfOne: boolean
  /** Whether they are of several hosts. */
  readonly hasHosts: boolean
}

/** Where a line of the list stands and how. */
export interface LinePlace {
  /** Distance from the top of the list in pixels. */
  readonly top: number
  readonly index: number
  readonly isOpen: boolean
  /** Whether j and k have reached it. */
  readonly isChosen: boolean
}

/** The cells of a line: when, what kind, of what, what, of which image, where. A click opens and closes it. */
export function HappeningLine(
  props: LineLook &
    Pick<LinePlace, 'isOpen' | 'isChosen'> & {
      readonly of: Pick<HappeningRow, 'timeMs' | 'container' | 'host'>
      readonly kind: HappeningKind
      readonly tone: Tone
      /** What its button does, for who only hears it. */
      readonly about: string | undefined
      readonly subject: ReactNode
      readonly onToggle: () => void
      /** What happened. */
      readonly children: ReactNode
    },
): ReactElement {
  const { of, kind, tone, isOpen, isChosen, isOfOne, hasHosts, about, subject, children } = props
  const { timeMs, container, host } = of
  const toneText = say(`events.tone.${tone}`)
  return (
    <div className="happening-line" onClick={onLineClick(props.onToggle)}>
      <button
        type="button"
        className="happening-time"
        aria-expanded={isOpen}
        aria-label={about}
        tabIndex={isChosen || isOpen ? 0 : -1}
        title={dateTimeText(timeMs)}
      >
        {clockText(timeMs)}
      </button>
      <span className="badge happening-kind" data-tone={tone} title={toneText}>
        {say(`events.kind.${kind}`)}
        <span className="sr-only">, {toneText}</span>
      </span>
      {!isOfOne && <span className="happening-subject">{subject}</span>}
      <span className="happening-what">{children}</span>
      {!isOfOne && (
        <span className="happening-image" title={container?.image}>
          {container?.image}
        </span>
      )}
      {hasHosts && <span className="happening-host">{host}</span>}
    </div>
  )
}

/** The name of a container; where its id is known, with the way to its page at that time. */
export function ContainerLink({ row }: { readonly row: HappeningRow }): ReactElement | null {
  const address = containerAddress(row)
  const name = row.container?.name || row.container?.id.slice(0, 12)
  if (address === undefined) return <>{name}</>
  return (
    <InnerLink href={address} className="hover:underline">
      {name}
    </InnerLink>
  )
}

/** Who told of what is of no container. */
export function Teller({ actor }: { readonly actor: string }): ReactElement {
  return <span className="font-normal text-faint">{actor}</span>
}

/** Opens and closes, unless the click follows a link or marks text. */
function onLineClick(toggle: () => void): (event: MouseEvent<HTMLElement>) => void {
  return (event) => {
    if (event.target instanceof Element && event.target.closest('a') !== null) return
    if (getSelection()?.type === 'Range' && event.detail > 0) return
    toggle()
  }
}

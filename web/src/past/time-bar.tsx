import { useEffect, useLayoutEffect, useRef, useState, type ReactElement } from 'react'
import { createPortal } from 'react-dom'

import type { Span } from '../data/history.ts'
import { useBeat } from '../data/live.ts'
import type { LiveStore } from '../data/live-store.ts'
import { useSearch, useSetSearch } from '../data/search.ts'
import { Choice } from '../elements/choice.tsx'
import { say, sayCount } from '../messages/past.ts'
import { useShortcuts } from '../shell/shortcuts.ts'
import { clockText, dateTimeText } from '../units/clock.ts'
import { durationText } from '../units/duration.ts'
import { dateText, grainText, paceText } from './moment-text.ts'
import { writeMoment } from './moment.ts'
import { PlayerControls } from './player-controls.tsx'
import type { Player, PlayerState } from './player.ts'
import { TimeSlider } from './time-slider.tsx'
import type { Standing } from './time-travel.tsx'
import { barSpans, placeWindow, readBarSpan, writeBarSpan, type BarSpan } from './time-window.ts'
import { useBarData, type BarData } from './use-bar-data.ts'
import { useLasting } from './use-lasting.ts'
import { useMoment } from './use-moment.ts'
import { usePlayer } from './use-player.ts'

/** A picture that comes within this time needs no word. */
const patienceMs = 250
/** What is younger than this is the present: nothing is there yet to play. */
const presentS = 6
/** How long before it is forgotten the oldest moment is gone to, in seconds. */
const marginS = 5
/** Where the shell has room for a bar of the page, above what scrolls. */
const placeId = 'page-bar'

/** Above the page: which moment it shows, and all ways to another. */
export function TimeBar(props: {
  /** What shows the past. */
  readonly store: LiveStore
  readonly onStanding: (standing: Standing) => void
}): ReactElement | null {
  const { store, onStanding } = props
  const { player, state, choose } = usePlayer(store)
  const isLate = useLasting(!state.isPictured || state.kind === 'waiting', patienceMs)
  const isOld = isLate && !state.isPictured
  const standing = state.kind === 'failed' ? 'none' : isOld ? 'late' : 'whole'
  useEffect(() => onStanding(standing), [standing, onStanding])
  const [place, setPlace] = useState<Element | null>()
  useLayoutEffect(() => setPlace(document.getElementById(placeId)), [])
  if (place === undefined) return null
  const bar = <Bar player={player} state={state} choose={choose} isLate={isLate} />
  return place === null ? bar : createPortal(bar, place)
}

interface BarProps {
  readonly player: Player
  readonly state: PlayerState
  /** Goes to a second, Unix time. */
  readonly choose: (atS: number) => void
  readonly isLate: boolean
}

function Bar({ player, state, choose, isLate }: BarProps): ReactElement {
  const isNow = useMoment().kind === 'now'
  const nowS = useBeat(1000)
  const goLive = useGoLive()
  const { barSpan, setBarSpan } = useBarSpan()
  const atS = isNow ? nowS : Math.floor(state.atMs / 1000)
  const question = { span: barSpan, atS, latestS: nowS, keptFromS: state.kept?.keptFromS }
  const window = useRef<Span>(undefined)
  const isDragged = useRef(false)
  // What one drags along stands still.
  if (!isDragged.current || window.current === undefined) {
    window.current = placeWindow(question, window.current)
  }
  const data = useBarData(window.current, nowS)
  const isGoing = state.kind === 'playing' || state.kind === 'waiting'
  const goesOn = useRef(false)
  const step = (byS: number): void => choose(atS + byS)
  const toggle = (): void => {
    if (isGoing) player.pause()
    else if (!isNow) player.play()
  }
  useBarKeys({ step, toggle, goLive })
  return (
    <section className="time-bar" aria-label={say('past.bar')} data-state={state.kind}>
      <div className="time-head">
        <Told {...{ atS, isNow, state, isLate, choose }} />
        <PlayerControls
          {...{ isGoing, speed: state.speed, onStep: step, onToggle: toggle }}
          canPlay={!isNow && nowS - atS >= presentS}
          onSpeed={(speed) => player.setSpeed(speed)}
        />
        <Choice
          label={say('past.span')}
          value={barSpan}
          options={barSpans.map((value) => ({ value, text: say(`past.span.${value}`) }))}
          onChoose={setBarSpan}
        />
        <button
          type="button"
          className={isNow ? 'control' : 'main-action'}
          title={say(isNow ? 'past.closeLong' : 'past.liveLong')}
          onClick={goLive}
        >
          {say(isNow ? 'past.close' : 'past.live')}
        </button>
      </div>
      <TimeSlider
        {...{ span: window.current, atS, latestS: nowS, data }}
        keptFromS={state.kept?.keptFromS}
        about={aboutText(state)}
        takesFocus={isNow}
        onDrag={() => {
          isDragged.current = true
          goesOn.current = isGoing
          player.pause()
        }}
        onChoose={(second, choosing) => {
          choose(second)
          if (choosing === 'dragging') return
          isDragged.current = false
          if (goesOn.current) player.play()
          goesOn.current = false
        }}
      />
      <Key data={data} />
    </section>
  )
}

/** The moment in words, and whether anything is the matter with it. */
function Told(
  props: Omit<BarProps, 'player'> & { readonly atS: number; readonly isNow: boolean },
): ReactElement {
  const { choose, state, isLate, atS, isNow } = props
  const nowS = useBeat(1000)
  return (
    <div className="time-told">
      <span className="time-moment" data-now={isNow || undefined}>
        {isNow ? say('past.now') : <time>{clockText(atS * 1000)}</time>}
      </span>
      {isNow ? (
        <span className="text-soft max-sm:sr-only">{say('past.nowHint')}</span>
      ) : (
        <span className="text-soft">
          {dateText(atS * 1000)}
          <span className="text-faint max-sm:hidden">
            {' · '}
            {say('unit.ago', { age: durationText((nowS - atS) * 1000) })}
          </span>
          {state.kind !== 'failed' && <span className="text-faint"> · {aboutText(state)}</span>}
        </span>
      )}
      <span role="status" className="time-word" data-tone={wordTone(state)}>
        {isNow ? '' : wordOf(state, { isLate, isPresent: nowS - atS < presentS })}
      </span>
      {!isNow && state.kind === 'failed' && <WayOut state={state} choose={choose} />}
    </div>
  )
}

/** To what is kept, where the moment is not; else once more. */
function WayOut({ state, choose }: Pick<BarProps, 'state' | 'choose'>): ReactElement {
  const oldestS = tooOldFor(state)
  // What is kept gets younger while one looks at it.
  const toS = oldestS === undefined ? Math.floor(state.atMs / 1000) : oldestS + marginS
  return (
    <button type="button" className="underline" onClick={() => choose(toS)}>
      {say(oldestS === undefined ? 'past.retry' : 'past.toOldest')}
    </button>
  )
}

/** What curve and marks stand for. */
function Key({ data }: { readonly data: BarData }): ReactElement {
  return (
    <p className="time-key">
      <span className="time-key-load">{say('past.curve')}</span>
      {data.marks.map(({ kind, count }) => (
        <span key={kind} className="time-key-mark" data-kind={kind}>
          {sayCount(`past.${kind}`, count)}
        </span>
      ))}
      {data.problems.map((problem) => (
        <span key={problem}>{problem}</span>
      ))}
    </p>
  )
}

function useGoLive(): () => void {
  const setSearch = useSetSearch()
  return () => setSearch(writeMoment({ kind: 'live' }))
}

function useBarSpan(): {
  readonly barSpan: BarSpan
  readonly setBarSpan: (span: BarSpan) => void
} {
  const setSearch = useSetSearch()
  const barSpan = readBarSpan(useSearch())
  return { barSpan, setBarSpan: (span) => setSearch({ span: writeBarSpan(span) }) }
}

function useBarKeys(deeds: {
  readonly step: (bySeconds: number) => void
  readonly toggle: () => void
  readonly goLive: () => void
}): void {
  const { step, toggle, goLive } = deeds
  useShortcuts({
    b: () => step(-1),
    n: () => step(1),
    B: () => step(-60),
    N: () => step(60),
    p: toggle,
    ' ': toggle,
    Escape: goLive,
  })
}

function aboutText({ kept }: PlayerState): string {
  return kept === undefined ? '' : grainText(kept.resolutionS)
}

function wordOf(
  state: PlayerState,
  { isLate, isPresent }: { readonly isLate: boolean; readonly isPresent: boolean },
): string {
  if (state.kind === 'failed') return problemOf(state)
  if (state.kind === 'present' && isPresent) return say('past.present')
  if (isLate) return say(state.kind === 'waiting' ? 'past.waiting' : 'past.loading')
  return state.pace === undefined ? '' : paceText(state.pace)
}

function problemOf(state: PlayerState): string {
  const oldestS = tooOldFor(state)
  if (oldestS === undefined) return say('past.failed', { message: state.problem })
  return say('past.tooOld', { time: dateTimeText(oldestS * 1000) })
}

/** The oldest second that is kept, where the moment is before it. */
function tooOldFor({ atMs, kept }: PlayerState): number | undefined {
  return kept !== undefined && atMs < kept.keptFromS * 1000 ? kept.keptFromS : undefined
}

function wordTone(state: PlayerState): string | undefined {
  if (state.kind !== 'failed') return undefined
  return tooOldFor(state) === undefined ? 'critical' : 'warning'
}

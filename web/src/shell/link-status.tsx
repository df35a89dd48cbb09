import { useRouter } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { useLink, useLive } from '../data/live.ts'
import type { Link } from '../data/live-store.ts'
import { readSearch, useSetSearch } from '../data/search.ts'
import type { Tone } from '../elements/container-state.ts'
import { PauseIcon, PlayIcon } from '../elements/icon.tsx'
import { Notice } from '../elements/notice.tsx'
import { useSecondsUntil } from '../elements/use-seconds-until.ts'
import { say, type MessageKey } from '../messages/message.ts'
import { readMoment, writeMoment } from '../past/moment.ts'
import { clockText } from '../units/clock.ts'

const words: Readonly<Record<Link['kind'], { readonly tone: Tone; readonly key: MessageKey }>> = {
  live: { tone: 'ok', key: 'live.live' },
  connecting: { tone: 'unknown', key: 'live.connecting' },
  paused: { tone: 'warning', key: 'live.paused' },
  lost: { tone: 'critical', key: 'live.lost' },
  past: { tone: 'off', key: 'live.past' },
}

/** Whether the page is live, and the button that pauses it. */
export function LinkButton(): ReactElement {
  const link = useLink()
  const toggle = useTogglePause()
  const { tone, key } = words[link.kind]
  const isPaused = link.kind === 'paused'
  const label = say(isPaused ? 'live.resume' : 'live.pause')
  return (
    <button
      type="button"
      className="control"
      title={label}
      aria-label={`${say(key)}. ${label}`}
      onClick={toggle}
    >
      <span className="badge" data-tone={tone}>
        {say(key)}
      </span>
      {isPaused ? <PlayIcon /> : <PauseIcon />}
    </button>
  )
}

/** In place of the other while the page shows the past: nothing in sight is live; leads back to the present. */
export function PastButton(): ReactElement {
  const setSearch = useSetSearch()
  const label = say('live.toPresent')
  return (
    <button
      type="button"
      className="control"
      title={label}
      aria-label={`${say('live.past')}. ${label}`}
      onClick={() => setSearch(writeMoment({ kind: 'live' }))}
    >
      <span className="badge" data-tone={words.past.tone}>
        {say('live.past')}
      </span>
      <PlayIcon />
    </button>
  )
}

/** Pauses what is live, makes live what is paused, and leads from the past back to the present. */
export function useTogglePause(): () => void {
  const { store, stream } = useLive()
  const setSearch = useSetSearch()
  const { history } = useRouter()
  return () => {
    // Read when it is done: while the past plays, the address moves on every second.
    const isPast = readMoment(readSearch(history.location.search)).kind === 'second'
    if (isPast) setSearch(writeMoment({ kind: 'live' }))
    else if (store.link().kind === 'paused') stream.resume()
    else stream.pause()
  }
}

/** Says over the whole width when figures are not live; nothing while they are. */
export function LinkBanner(): ReactElement | null {
  const link = useLink()
  const { store } = useLive()
  if (link.kind === 'paused' && store.isFilled()) {
    return <Notice tone="warning">{say('live.pausedAt', { time: clockText(link.sinceMs) })}</Notice>
  }
  return link.kind === 'lost' ? <LostBanner link={link} /> : null
}

function LostBanner({ link }: { readonly link: Extract<Link, { kind: 'lost' }> }): ReactElement {
  const { store, stream } = useLive()
  const waitS = useSecondsUntil(link.retryAtMs)
  return (
    <Notice tone="critical">
      <span>
        {store.isFilled()
          ? say('live.lostBanner', { time: clockText(link.sinceMs) })
          : say('live.noAnswer')}
      </span>
      <span className="text-soft" aria-live="off">
        {waitS > 0 ? say('live.retryIn', { seconds: waitS }) : say('live.retrying')}
      </span>
      <button type="button" className="underline" onClick={() => stream.retryNow()}>
        {say('live.retryNow')}
      </button>
    </Notice>
  )
}

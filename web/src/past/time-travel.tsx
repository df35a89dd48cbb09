import { Suspense, useCallback, useMemo, useState, type ReactElement, type ReactNode } from 'react'

import { createLiveStore } from '../data/live-store.ts'
import { LiveContext, useLive, type Live } from '../data/live.ts'
import { useSetSearch } from '../data/search.ts'
import { PastIcon } from '../elements/icon.tsx'
import { lazyPart } from '../elements/lazy-part.ts'
import { say } from '../messages/message.ts'
import { useShortcuts } from '../shell/shortcuts.ts'
import { writeMoment } from './moment.ts'
import { useMoment } from './use-moment.ts'

const TimeBar = lazyPart(async () => (await import('./time-bar.tsx')).TimeBar)

/** Whether what stands below is the picture of the moment: it is, it is still that of one before, or there is none. */
export type Standing = 'whole' | 'late' | 'none'

/**
 * Puts a moment of the past in the place of what is live, if the address asks for one: what is below shows it without
 * knowing. The bar above it, in which one moves through time, loads when it is wanted.
 */
export function TimeTravel({ children }: { readonly children: ReactNode }): ReactElement {
  const live = useLive()
  const moment = useMoment()
  const isOpen = moment.kind !== 'live'
  const past = useMemo(() => (isOpen ? openPast(live) : undefined), [live, isOpen])
  const [standing, setStanding] = useState<Standing>('whole')
  const isPast = past !== undefined && moment.kind === 'second'
  const toggle = useToggleBar()
  useShortcuts({ t: toggle })
  return (
    <>
      {past && (
        <Suspense>
          <TimeBar store={past.store} onStanding={setStanding} />
        </Suspense>
      )}
      <LiveContext value={isPast ? past : live}>
        <div className="time-picture" data-standing={isPast ? standing : 'whole'}>
          {children}
        </div>
      </LiveContext>
    </>
  )
}

/** Opens the time bar, or closes it and goes back to the present. */
export function TimeBarButton(): ReactElement {
  const moment = useMoment()
  const toggle = useToggleBar()
  return (
    <button
      type="button"
      className="control"
      aria-pressed={moment.kind !== 'live'}
      aria-label={say('past.open')}
      title={`${say('past.open')} (t)`}
      onClick={toggle}
    >
      <PastIcon />
      <span className="max-lg:hidden">{say('past.open')}</span>
    </button>
  )
}

function useToggleBar(): () => void {
  const setSearch = useSetSearch()
  const { kind } = useMoment()
  return useCallback(
    () => setSearch(writeMoment({ kind: kind === 'live' ? 'now' : 'live' })),
    [kind, setSearch],
  )
}

function openPast(live: Live): Live {
  const store = createLiveStore({
    schedule: (callback) => requestAnimationFrame(callback),
    elapsedMs: () => performance.now(),
  })
  store.setLink({ kind: 'past', stepS: 1 })
  return { ...live, store }
}

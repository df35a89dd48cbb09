import { Suspense, useEffect, useRef, type ReactElement } from 'react'

import { useHost } from '../../data/hosts.ts'
import { lazyPart } from '../../elements/lazy-part.ts'
import { say } from '../../messages/message.ts'
import { useMoment } from '../../past/use-moment.ts'

const RunList = lazyPart(async () => (await import('../../runs/run-list.tsx')).RunList)

/** Id of the section, for the control in the toolbar that opens it too. */
export const endedId = 'ended'

/** Below the table, on demand: containers that ended in the last hour, or in that before the moment, with all that each run used. */
export function Ended(props: {
  readonly isShown: boolean
  readonly onShow: (isEndedShown: boolean) => void
}): ReactElement {
  const { isShown, onShow } = props
  const host = useHost()
  const moment = useMoment()
  const until = moment.kind === 'second' ? `&until=${moment.atS}` : ''
  const section = useRef<HTMLElement>(null)
  const wasShown = useRef(isShown)
  useEffect(() => {
    // Opened from above a long table, it would be out of sight.
    if (isShown && !wasShown.current) section.current?.scrollIntoView({ block: 'nearest' })
    wasShown.current = isShown
  }, [isShown])
  return (
    <section
      ref={section}
      id={endedId}
      aria-label={say('runs.title')}
      className="sticky left-0 w-[100cqw] px-3.5 py-4 sm:px-5"
    >
      <h2 className="font-semibold">
        <button type="button" aria-expanded={isShown} onClick={() => onShow(!isShown)}>
          <span aria-hidden="true" className="inline-block w-4 text-faint">
            {isShown ? '▾' : '▸'}
          </span>
          {say('runs.title')}
        </button>
      </h2>
      {isShown && (
        <div className="min-h-24 pt-2">
          <Suspense fallback={<p className="text-soft">{say('app.loading')}</p>}>
            <RunList
              search={`since=1h${until}&limit=100${host && `&host=${encodeURIComponent(host)}`}`}
              label={say('runs.title')}
              empty={say(until === '' ? 'runs.none' : 'runs.nonePast')}
            />
          </Suspense>
        </div>
      )}
    </section>
  )
}

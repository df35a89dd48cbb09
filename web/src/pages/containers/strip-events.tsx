import { useEffect, useRef, useState, type ReactElement } from 'react'

import type { HappeningCounts } from '../../../../src/api/contract/happenings.ts'
import { useHost } from '../../data/hosts.ts'
import { useBeat, useIsFilled } from '../../data/live.ts'
import { useRequest } from '../../data/request.ts'
import { addressOf, type Search } from '../../data/search.ts'
import { InnerLink } from '../../elements/inner-link.tsx'
import { say, sayCount } from '../../messages/message.ts'
import type { Moment } from '../../past/moment.ts'
import { useMoment } from '../../past/use-moment.ts'
import { countQuantity } from '../../units/quantity.ts'
import { readTroubles } from './read-troubles.ts'

/** So often the store is asked; equal questions of many pages are put to it once. */
const everyS = 15
const hourS = 3600

/**
 * How much happened in the hour before the moment that is shown, what of it needs a look, and the way to it. Nothing where
 * the server cannot tell.
 */
export function StripEvents(): ReactElement {
  const moment = useMoment()
  return <HourEvents key={moment.kind === 'second' ? 'past' : 'present'} moment={moment} />
}

function HourEvents({ moment }: { readonly moment: Moment }): ReactElement | null {
  const isFilled = useIsFilled()
  const nowS = useBeat(everyS * 1000) * everyS
  const toS = usePaced(nowS)
  const host = useHost()
  const query = host === '' ? '' : `&query=${encodeURIComponent(`host:"${host}"`)}`
  const { data } = useRequest<HappeningCounts>(
    `/api/happenings/counts?from=${toS - hourS}&to=${toS}&steps=1${query}`,
    { isEnabled: isFilled, keepsPrevious: true },
  )
  // After a jump, what is known is of another hour.
  if (data === undefined || Math.abs(nowS - toS) > hourS) return null
  const troubles = readTroubles(data)
  return (
    <div className="min-w-0 max-sm:col-span-2">
      <div className="text-2xs text-faint">{say('strip.events')}</div>
      <div className="live-figure text-soft sm:whitespace-nowrap">
        <InnerLink
          href={addressOf('/events', hourOf(moment))}
          className="hover:underline hover:underline-offset-2"
        >
          {data.total === 0 ? (
            say('strip.eventsNone')
          ) : (
            <span className="text-[0.9375rem] font-semibold text-ink">
              {countQuantity(data.total).number}
            </span>
          )}
          {troubles.map(({ stem, count, tone }) => (
            <span key={stem}>
              {/* Where the line breaks, the dot stays at its end. */}
              <span className="text-faint">{'\u00a0· '}</span>
              <span data-tone={tone} className="font-semibold whitespace-nowrap text-(--tone)">
                {sayCount(`strip.${stem}`, count)}
              </span>
            </span>
          ))}
        </InnerLink>
      </div>
    </div>
  )
}

function hourOf(moment: Moment): Search {
  if (moment.kind !== 'second') return { range: '1h' }
  return { from: String(moment.atS - hourS), to: String(moment.atS) }
}

/** The same second, but it moves on once in 15 s of the reader's time: the past plays up to sixty times as fast. */
function usePaced(second: number): number {
  const [shown, setShown] = useState(second)
  const movedMs = useRef(-Infinity)
  useEffect(() => {
    if (second === shown) return
    const move = (): void => {
      movedMs.current = performance.now()
      setShown(second)
    }
    const timer = setTimeout(move, movedMs.current + everyS * 1000 - performance.now())
    return () => clearTimeout(timer)
  }, [second, shown])
  return shown
}

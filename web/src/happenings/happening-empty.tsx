import type { ReactElement } from 'react'

import { Command } from '../elements/command.tsx'
import { say } from '../messages/events.ts'
import type { RangeName } from '../ranges/time-range.ts'

const runOne = 'docker run --rm busybox true'
const sendOne = `echo -n '_e{8,10}:deployed|shop 1.2.3' > /dev/udp/127.0.0.1/8125`

/** What stands where happenings would: why there are none, and what would bring some. */
export function HappeningEmpty(props: {
  readonly hasQuery: boolean
  readonly isOfOne: boolean
  /** A longer time to look in; `undefined` where there is none. */
  readonly wider: RangeName | undefined
  readonly onWiden: (name: RangeName) => void
  readonly onClear: () => void
}): ReactElement {
  const { hasQuery, isOfOne, wider, onWiden, onClear } = props
  const title = hasQuery ? 'events.noMatch' : isOfOne ? 'events.noneOfContainer' : 'events.noneYet'
  return (
    <div className="grid max-w-2xl content-start gap-3 p-5 sm:p-8" role="status">
      <h2 className="text-base font-semibold">{say(title)}</h2>
      {hasQuery && <p>{say('events.noMatchText')}</p>}
      <div className="flex flex-wrap gap-2">
        {wider && (
          <button type="button" className="control" onClick={() => onWiden(wider)}>
            {say('events.widen', {
              range: wider === 'live' ? say('live.live') : say(`range.${wider}`),
            })}
          </button>
        )}
        {hasQuery && (
          <button type="button" className="control" onClick={onClear}>
            {say('search.clear')}
          </button>
        )}
      </div>
      {!hasQuery && !isOfOne && (
        <>
          <p>{say('events.fill')}</p>
          <Command text={runOne} />
          <p className="text-soft">{say('events.fillSend')}</p>
          <Command text={sendOne} />
        </>
      )}
    </div>
  )
}

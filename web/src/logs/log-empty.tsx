import type { ReactElement } from 'react'

import { Command } from '../elements/command.tsx'
import { startBoth } from '../elements/start-commands.ts'
import { say } from '../messages/logs.ts'
import type { RangeName } from '../ranges/time-range.ts'

const switchOn = `DD_LOGS_ENABLED=true DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL=true ${startBoth}`

/** What stands where lines would: why there are none, and what would bring some. */
export function LogEmpty(props: {
  readonly hasQuery: boolean
  readonly isOfOne: boolean
  /** A longer time to look in; `undefined` where there is none. */
  readonly wider: RangeName | undefined
  readonly onWiden: (name: RangeName) => void
  readonly onClear: () => void
}): ReactElement {
  const { hasQuery, isOfOne, wider, onWiden, onClear } = props
  const title = hasQuery ? 'logs.noMatch' : isOfOne ? 'logs.noneOfContainer' : 'logs.noneYet'
  return (
    <div className="grid max-w-2xl content-start gap-3 p-5 sm:p-8" role="status">
      <h2 className="text-base font-semibold">{say(title)}</h2>
      {hasQuery && <p>{say('logs.noMatchText')}</p>}
      <div className="flex flex-wrap gap-2">
        {wider && (
          <button type="button" className="control" onClick={() => onWiden(wider)}>
            {say('logs.widen', {
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
      {!hasQuery && (
        <>
          <p>{say('logs.switchOn')}</p>
          <Command text={switchOn} />
          <p className="text-soft">{say('logs.switchOnSome')}</p>
          <Command text={`com.datadoghq.ad.logs='[{"source":"web","service":"shop"}]'`} />
        </>
      )}
    </div>
  )
}

import type { ReactElement } from 'react'

import { logPageSize, mostLogItems, type LogFeedState } from '../data/log-feed.ts'
import { say, sayCount } from '../messages/logs.ts'

/** What stands above the first line: whether there are older ones. */
export function ListTop({ state }: { readonly state: LogFeedState }): ReactElement | null {
  if (state.isLoadingOlder) return <span className="text-faint">{say('logs.loadingOlder')}</span>
  if (state.items.length >= mostLogItems) {
    return <span className="text-faint">{sayCount('logs.most', state.items.length)}</span>
  }
  if (state.hasOlder) return null
  // A short list needs no word about its beginning.
  return state.items.length < logPageSize / 10 ? null : (
    <span className="text-faint">{say('logs.noOlder')}</span>
  )
}

/** Leads back to the newest lines, and says how many have come meanwhile. */
export function EndChip(props: {
  readonly count: number
  readonly isOpenEnded: boolean
  readonly onClick: () => void
}): ReactElement {
  const { count, isOpenEnded, onClick } = props
  return (
    <button type="button" className="chip" onClick={onClick} aria-live="off">
      <span aria-hidden="true">↓</span>
      {count > 0
        ? sayCount('logs.newLines', count)
        : say(isOpenEnded ? 'logs.toNewest' : 'logs.toEnd')}
    </button>
  )
}

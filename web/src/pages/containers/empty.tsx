import { Suspense, type ReactElement, type ReactNode } from 'react'

import { useHost, useHostAgents } from '../../data/hosts.ts'
import { useAgents, useIsFilled, useLink } from '../../data/live.ts'
import { useSetSearch } from '../../data/search.ts'
import { lazyPart } from '../../elements/lazy-part.ts'
import { say, sayCount } from '../../messages/message.ts'
import type { View } from './view.ts'

const FirstRun = lazyPart(async () => (await import('../../first-run/first-run.tsx')).FirstRun)

/** What stands where the rows would: why there are none, and what would bring some. */
export function Empty(props: {
  readonly view: View
  readonly allCount: number
  readonly inScopeCount: number
  readonly onView: (change: Partial<View>) => void
}): ReactElement {
  const { view, allCount, inScopeCount, onView } = props
  const isFilled = useIsFilled()
  const agents = useAgents()
  const host = useHost()
  const ofHost = useHostAgents()
  const isPast = useLink().kind === 'past'
  if (!isFilled) return <Waiting />
  if (inScopeCount > 0) {
    return (
      <Panel title={say('empty.filteredTitle')}>
        <p>{sayCount('empty.filteredText', inScopeCount)}</p>
        <Action text={say('filter.clear')} onClick={() => onView({ filterText: '' })} />
      </Panel>
    )
  }
  if (allCount > 0) {
    return (
      <Panel title={sayCount('empty.stoppedTitle', allCount)}>
        <Action
          text={say('empty.showAll')}
          onClick={() => onView({ scope: 'all', filterText: view.filterText })}
        />
      </Panel>
    )
  }
  // What would bring some is of no use then.
  if (isPast) return <Panel title={say('empty.pastTitle')} />
  if (agents.length > 0 && ofHost.length === 0) return <NoHost host={host} />
  return (
    <Suspense fallback={<p className="p-5 text-soft">{say('app.loading')}</p>}>
      <FirstRun agents={ofHost} />
    </Suspense>
  )
}

/** The address names a host that is not there. */
function NoHost({ host }: { readonly host: string }): ReactElement {
  const setSearch = useSetSearch()
  return (
    <Panel title={say('empty.noHostTitle', { host })}>
      <p>{say('empty.noHostText')}</p>
      <Action text={say('empty.showAllHosts')} onClick={() => setSearch({ host: undefined })} />
    </Panel>
  )
}

/** Rows to come: the page keeps its shape until the first snapshot. */
function Waiting(): ReactElement {
  return (
    <div className="grid gap-px p-5" role="status">
      <p className="mb-2 text-soft">{say('live.waiting')}</p>
      {Array.from({ length: 8 }, (_, index) => (
        <div key={index} className="h-6 rounded bg-raised" style={{ opacity: 1 - index / 8 }} />
      ))}
    </div>
  )
}

function Panel(props: { readonly title: string; readonly children?: ReactNode }): ReactElement {
  return (
    <div className="grid max-w-2xl gap-3 p-5 sm:p-8">
      <h2 className="text-base font-semibold">{props.title}</h2>
      {props.children}
    </div>
  )
}

function Action(props: { readonly text: string; readonly onClick: () => void }): ReactElement {
  return (
    <button type="button" className="control justify-self-start" onClick={props.onClick}>
      {props.text}
    </button>
  )
}

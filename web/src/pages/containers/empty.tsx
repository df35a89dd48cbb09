import type { ReactElement, ReactNode } from 'react'

import type { AgentRow } from '../../../../src/api/contract/agents.ts'
import { agentKey, useHost, useHostAgents } from '../../data/hosts.ts'
import { useAgents, useIsFilled } from '../../data/live.ts'
import { useIsAdmin } from '../../data/me.ts'
import { addressOf, useSetSearch } from '../../data/search.ts'
import { Command } from '../../elements/command.tsx'
import { InnerLink } from '../../elements/inner-link.tsx'
import { say, sayCount } from '../../messages/message.ts'
import { HostFigures } from './host-figures.tsx'
import type { View } from './view.ts'

/** A container that shows something from its first second and stops by itself when the machine does. */
const firstContainer =
  "docker run -d --name first busybox sh -c 'while :; do date; sleep 0.2; done'"
const startAgent = 'vigie agent'
/** Of many hosts without containers the first tell how to get some. */
const mostHosts = 3
const otherEngine = 'DOCKER_HOST=unix:///path/to/docker.sock make run'

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
  if (agents.length === 0) {
    return (
      <Panel title={say('empty.noAgentTitle')}>
        <p>{say('empty.noAgentText')}</p>
        <Command text={startAgent} />
        <AddHostLink />
      </Panel>
    )
  }
  if (ofHost.length === 0) return <NoHost host={host} />
  return (
    <>
      {ofHost.slice(0, mostHosts).map((agent) => (
        <EmptyHost key={agentKey(agent)} agent={agent} />
      ))}
    </>
  )
}

/** To where it says how, and stays when the host has come. */
function AddHostLink(): ReactElement | null {
  if (!useIsAdmin()) return null
  return (
    <InnerLink href={addressOf('/agents')} className="main-action justify-self-start">
      {say('addHost.do')}
    </InnerLink>
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

function EmptyHost({ agent }: { readonly agent: AgentRow }): ReactElement {
  const { engine, host } = agent
  if (engine?.reachable === true) {
    return (
      <Panel title={say('empty.title')}>
        <p>{say('empty.text', { host })}</p>
        <Command text={firstContainer} />
      </Panel>
    )
  }
  return (
    <div className="grid max-w-5xl gap-x-12 gap-y-6 p-5 sm:p-8 lg:grid-cols-2">
      <div className="grid content-start gap-3">
        <h2 className="text-base font-semibold">
          {say(engine ? 'engine.title' : 'engine.noneTitle', { host })}
        </h2>
        {engine ? <EngineMessage engine={engine} /> : <p>{say('engine.noneText')}</p>}
      </div>
      <section aria-label={say('engine.hostFigures')} className="grid content-start gap-3">
        <h3 className="font-semibold text-soft">{say('engine.hostFigures')}</h3>
        <HostFigures agent={agent} />
      </section>
    </div>
  )
}

/** The agent's own sentence names the socket it looked for. */
function EngineMessage(props: { readonly engine: NonNullable<AgentRow['engine']> }): ReactElement {
  return (
    <>
      <p role="status">{props.engine.message}</p>
      <p className="text-soft">{say('engine.give')}</p>
      <Command text={otherEngine} />
      <p className="text-soft">{say('engine.waiting')}</p>
    </>
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

function Panel(props: { readonly title: string; readonly children: ReactNode }): ReactElement {
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

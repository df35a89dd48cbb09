import type { ReactElement, ReactNode } from 'react'

import type { AgentSummary } from '../../../src/api/contract/agents.ts'
import { agentKey } from '../data/hosts.ts'
import { Command } from '../elements/command.tsx'
import { startAgent, startBoth, startImages } from '../elements/start-commands.ts'
import { say } from '../messages/add-host.ts'
import { HostFigures } from '../pages/containers/host-figures.tsx'

/** A container that shows something from its first second and stops by itself when the machine does. */
const firstContainer =
  "docker run -d --name first busybox sh -c 'while :; do date; sleep 0.2; done'"
const otherEngine = `DOCKER_HOST=unix:///path/to/docker.sock ${startBoth}`
/** Of many hosts without containers the first tell how to get some. */
const mostHosts = 3

/** What is looked for where agents are, what was found, and what to do about it. */
export function ThisMachine({
  agents,
}: {
  readonly agents: readonly AgentSummary[]
}): ReactElement {
  if (agents.length === 0) {
    return (
      <Panel title={say('empty.noAgentTitle')}>
        <p>{say('empty.noAgentText')}</p>
        <Command text={startAgent} />
        <p className="text-soft">{say('firstRun.allInOne')}</p>
        <Command text={startBoth} />
        <p className="text-soft">{say('firstRun.images')}</p>
        <Command text={startImages} />
      </Panel>
    )
  }
  return (
    <>
      {agents.slice(0, mostHosts).map((agent) => (
        <Host key={agentKey(agent)} agent={agent} />
      ))}
    </>
  )
}

function Host({ agent }: { readonly agent: AgentSummary }): ReactElement {
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
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-6 lg:grid-cols-2">
      <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-3">
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
function EngineMessage(props: {
  readonly engine: NonNullable<AgentSummary['engine']>
}): ReactElement {
  return (
    <>
      <p role="status">{props.engine.message}</p>
      <p className="text-soft">{say('engine.give')}</p>
      <Command text={otherEngine} />
      <p className="text-soft">{say('engine.waiting')}</p>
    </>
  )
}

function Panel(props: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className="grid max-w-2xl grid-cols-[minmax(0,1fr)] gap-3">
      <h2 className="text-base font-semibold">{props.title}</h2>
      {props.children}
    </div>
  )
}

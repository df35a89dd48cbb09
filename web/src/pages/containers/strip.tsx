import type { ReactElement, ReactNode } from 'react'

import { useHostAgents } from '../../data/hosts.ts'
import { isRunning, type LiveRow } from '../../data/live-row.ts'
import { useServerCost } from '../../data/live.ts'
import { Explain } from '../../elements/explain.tsx'
import { Meter } from '../../elements/meter.tsx'
import { say, sayCount } from '../../messages/message.ts'
import { countQuantity, loadQuantity, percentQuantity, quantityText } from '../../units/quantity.ts'
import { bytesText, rateText } from '../../units/scaled-bytes.ts'
import { StripEvents } from './strip-events.tsx'
import { summarizeHosts, type HostSummary } from './summarize-hosts.ts'

/** Above the table: how many containers, how the hosts do, and what watching them costs. */
export function Strip({ rows }: { readonly rows: Iterable<LiveRow> }): ReactElement {
  const agents = useHostAgents()
  const summary = summarizeHosts(agents)
  const all = [...rows]
  const runningCount = all.filter(({ container }) => isRunning(container)).length
  const stoppedCount = all.length - runningCount
  return (
    <section
      aria-label={say('strip.label')}
      data-above-table
      className="sticky left-0 grid w-[100cqw] grid-cols-2 gap-x-6 gap-y-3 bg-panel px-3.5 py-3 sm:flex sm:flex-wrap sm:gap-x-8 sm:px-5"
    >
      <Item label={say('strip.containers')}>
        <Figure text={countQuantity(runningCount).number} />{' '}
        {sayCount('strip.running', runningCount)}
        <span className="text-faint"> · </span>
        <Figure text={countQuantity(stoppedCount).number} />{' '}
        {sayCount('strip.stopped', stoppedCount)}
      </Item>
      <HostItems summary={summary} />
      <StripEvents />
      {agents.length > 0 && <CostItem summary={summary} />}
    </section>
  )
}

function HostItems({ summary }: { readonly summary: HostSummary }): ReactElement {
  const { hostCount, cpuPercent, load1, netRcvdBytes, netSentBytes } = summary
  return (
    <>
      {cpuPercent !== undefined && (
        <Item
          label={sayCount('strip.hostCpu', hostCount)}
          meter={<Meter usedRatio={cpuPercent / 100} />}
        >
          <Figure text={quantityText(percentQuantity(cpuPercent))} />{' '}
          {sayCount('strip.cores', summary.coreCount)}
        </Item>
      )}
      <MemoryItem summary={summary} />
      {load1 !== undefined && (
        <Item label={say('strip.load')} about={say('strip.loadLong')} isSmall>
          <Figure text={loadQuantity(load1).number} />
        </Item>
      )}
      {netRcvdBytes !== undefined && netSentBytes !== undefined && (
        <Item label={say('strip.network')} isSmall>
          <span className="text-faint">↓ </span>
          <Figure text={rateText(netRcvdBytes)} />
          <span className="text-faint"> ↑ </span>
          <Figure text={rateText(netSentBytes)} />
        </Item>
      )}
    </>
  )
}

function MemoryItem({ summary }: { readonly summary: HostSummary }): ReactElement | null {
  const { hostCount, memoryUsedBytes: used, memoryTotalBytes: total } = summary
  if (used === undefined || total === undefined) return null
  return (
    <Item
      label={sayCount('strip.hostMemory', hostCount)}
      meter={<Meter usedRatio={total > 0 ? used / total : 0} />}
    >
      <Figure text={bytesText(used)} /> {say('strip.of', { limit: bytesText(total) })}
    </Item>
  )
}

function CostItem({ summary }: { readonly summary: HostSummary }): ReactElement | null {
  const server = useServerCost()
  return (
    <div className="max-sm:col-span-2 sm:ml-auto">
      <Explain text={say('strip.costLong')}>
        <span className="block text-2xs text-faint">{say('strip.cost')}</span>
        <span className="live-figure text-soft">
          <AgentCost summary={summary} />
        </span>
        {server && (
          <span className="live-figure text-faint">
            {' · '}
            {say('strip.costServer', {
              cpu: quantityText(percentQuantity(server.cpuRatio * 100)),
              memory: bytesText(server.rssBytes),
            })}
          </span>
        )}
      </Explain>
    </div>
  )
}

/** Of the past it is not always kept, and an agent that is away costs nothing that anybody knows. */
function AgentCost({ summary }: { readonly summary: HostSummary }): ReactElement {
  const { hostCount, agentCores, agentBytes } = summary
  if (hostCount === 0) return <Figure text={say('strip.costAway')} />
  if (agentBytes === 0) return <Figure text="–" />
  return (
    <>
      <Figure text={quantityText(percentQuantity(agentCores * 100))} /> {say('strip.costOfCore')}{' '}
      <Figure text={bytesText(agentBytes)} />
    </>
  )
}

function Item(props: {
  readonly label: string
  readonly about?: string
  readonly meter?: ReactNode
  /** Left out where there is little room. */
  readonly isSmall?: boolean
  readonly children: ReactNode
}): ReactElement {
  return (
    <div className={props.isSmall ? 'min-w-0 max-sm:hidden' : 'min-w-0'} title={props.about}>
      <div className="text-2xs text-faint">{props.label}</div>
      <div className="live-figure whitespace-nowrap text-soft">{props.children}</div>
      {props.meter && <div className="live-figure mt-1">{props.meter}</div>}
    </div>
  )
}

function Figure({ text }: { readonly text: string }): ReactElement {
  return <span className="text-[0.9375rem] font-semibold text-ink">{text}</span>
}

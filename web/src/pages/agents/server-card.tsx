import type { ReactElement, ReactNode } from 'react'

import type { AgentList } from '../../../../src/api/contract/agents.ts'
import { useLink, useLive } from '../../data/live.ts'
import { useRequest } from '../../data/request.ts'
import { say } from '../../messages/agents.ts'
import { durationText } from '../../units/duration.ts'
import { percentQuantity, quantityText } from '../../units/quantity.ts'
import { bytesText } from '../../units/scaled-bytes.ts'
import { Fact } from './fact.tsx'
import { pastText } from './past-text.ts'
import { DiskFact, DiskFullNotice, DroppedNotice, KeptSteps } from './store-parts.tsx'

const everyMs = 30_000
/** The server alone: no agent is of an empty host. */
const serverPath = '/api/agents?host='

/** The server itself: version, cost, and what its store keeps. Asked when it is shown, and while it is seen and live. */
export function ServerCard(): ReactElement {
  const isLive = useLink().kind === 'live'
  const { data, error } = useRequest<AgentList>(serverPath, isLive ? { everyMs } : {})
  return (
    <section aria-label={say('agents.server')} className="rounded-lg border border-line bg-panel">
      <div className="border-b border-line px-4 py-2.5">
        <h2 className="text-base font-semibold">{say('agents.server')}</h2>
      </div>
      {data && <Server list={data} />}
      {!data && (
        <Waiting>
          {error ? say('agents.serverFailed', { message: error.message }) : say('app.loading')}
        </Waiting>
      )}
    </section>
  )
}

function Server({ list }: { readonly list: AgentList }): ReactElement {
  const { store: live } = useLive()
  const { version, pid, startedAt, cpuRatio, rssBytes, store } = list.server
  const nowMs = live.nowMs()
  return (
    <>
      <DiskFullNotice store={store} />
      <DroppedNotice store={store} nowMs={nowMs} />
      <dl className="flex flex-wrap gap-x-10 gap-y-3 px-4 py-3">
        <Fact label={say('agents.cost')}>
          <span className="font-semibold">
            {say('agents.costText', {
              cpu: quantityText(percentQuantity(cpuRatio * 100)),
              memory: bytesText(rssBytes),
            })}
          </span>
        </Fact>
        <Fact label={say('agents.version')}>{version}</Fact>
        <Fact label={say('agents.pid')}>{pid}</Fact>
        <Fact label={say('agents.up')}>
          {say('agents.upSince', {
            age: durationText(nowMs - startedAt),
            time: pastText(startedAt, nowMs),
          })}
        </Fact>
        <DiskFact store={store} />
      </dl>
      {/* What is kept is told as of the answer's own time. */}
      <KeptSteps store={store} nowMs={list.time} />
    </>
  )
}

function Waiting({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <p role="status" className="px-4 py-3 text-soft">
      {children}
    </p>
  )
}

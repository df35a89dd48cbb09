import type { ReactElement } from 'react'

import type { RunRow } from '../../../src/api/contract/runs.ts'
import { Badge } from '../elements/badge.tsx'
import { stateWord } from '../elements/container-state.ts'
import { Explain } from '../elements/explain.tsx'
import { InnerLink } from '../elements/inner-link.tsx'
import { say } from '../messages/message.ts'
import { useContainerAddress } from '../past/use-moment.ts'
import { dateTimeText } from '../units/clock.ts'
import { durationText, exactDurationText } from '../units/duration.ts'
import { memoryQuantity, orDash, quantityText, secondsQuantity } from '../units/quantity.ts'
import { bytesText } from '../units/scaled-bytes.ts'

/** Runs of containers, each with what it used from its start to its end. What was not read is a dash. */
export function RunTable(props: {
  readonly runs: readonly RunRow[]
  /** The present, by the server's clock. */
  readonly nowMs: number
  readonly label: string
  /** Whether all are of the container that the page is about. */
  readonly isOfOne?: boolean
  /** Whether they are of several hosts. */
  readonly hasHosts?: boolean
}): ReactElement {
  const { runs, nowMs, label, isOfOne = false, hasHosts = false } = props
  return (
    <table className="dense-table run-table">
      <caption className="sr-only">{label}</caption>
      <thead>
        <tr>
          {!isOfOne && <th scope="col">{say('column.name')}</th>}
          {!isOfOne && (
            <th scope="col" data-wide>
              {say('column.image')}
            </th>
          )}
          {hasHosts && (
            <th scope="col" data-wide>
              {say('column.host')}
            </th>
          )}
          <th scope="col">{say('runs.end')}</th>
          <th scope="col" data-number>
            {say('runs.ended')}
          </th>
          <th scope="col" data-number data-wide>
            {say('runs.lasted')}
          </th>
          <th scope="col" data-number>
            {say('runs.cpu')}
          </th>
          <th scope="col" data-number>
            {say('runs.memoryPeak')}
          </th>
          <th scope="col" data-number data-wide>
            {say('runs.disk')}
          </th>
          <th scope="col" data-number data-wide>
            {say('runs.network')}
          </th>
          <th scope="col">{say('runs.totals')}</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <Run key={keyOf(run)} run={run} nowMs={nowMs} isOfOne={isOfOne} hasHosts={hasHosts} />
        ))}
      </tbody>
    </table>
  )
}

function Run(props: {
  readonly run: RunRow
  readonly nowMs: number
  readonly isOfOne: boolean
  readonly hasHosts: boolean
}): ReactElement {
  const { run, nowMs, isOfOne, hasHosts } = props
  const { containerId, host, name, image, shortImage, startedAt, finishedAt, exitCode, oomKilled } =
    run
  const address = useContainerAddress(containerId)
  const end = stateWord({ state: 'exited', health: 'none', exitCode, oomKilled })
  return (
    <tr data-run={containerId}>
      {!isOfOne && (
        <th scope="row" title={name}>
          <InnerLink href={address}>{name}</InnerLink>
        </th>
      )}
      {!isOfOne && (
        <td data-wide title={image}>
          {shortImage}
        </td>
      )}
      {hasHosts && <td data-wide>{host}</td>}
      <td data-end>
        <Badge {...end} />
      </td>
      <td data-number title={dateTimeText(finishedAt)}>
        {say('unit.ago', { age: durationText(nowMs - finishedAt) })}
      </td>
      <td data-number data-wide title={dateTimeText(startedAt)}>
        {exactDurationText(finishedAt - startedAt)}
      </td>
      <td data-number data-short={say('column.cpu')}>
        {orDash(run.cpuSeconds, (value) => quantityText(secondsQuantity(value)))}
      </td>
      <td data-number data-short={say('column.memory')}>
        {orDash(run.memoryPeakBytes, (value) => quantityText(memoryQuantity(value)))}
      </td>
      <td data-number data-wide>
        {`${orDash(run.readBytes, bytesText)} / ${orDash(run.writtenBytes, bytesText)}`}
      </td>
      <td data-number data-wide>
        {`${orDash(run.receivedBytes, bytesText)} / ${orDash(run.sentBytes, bytesText)}`}
      </td>
      <td>
        <Exactness run={run} />
      </td>
    </tr>
  )
}

/** Whether the CPU total is exact; one that is not tells why to who points at it. */
function Exactness({ run }: { readonly run: RunRow }): ReactElement {
  if (run.exact) return <span className="text-faint">{say('runs.exact')}</span>
  const word = say(run.cpuSeconds === null ? 'runs.unread' : 'runs.estimate')
  return (
    <Explain text={run.reason || say(`runs.method.${run.method}`)}>
      <Badge tone="unknown" text={word} />
    </Explain>
  )
}

function keyOf({ host, containerId, startedAt }: RunRow): string {
  return `${host} ${containerId} ${startedAt}`
}

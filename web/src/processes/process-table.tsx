import type { ReactElement } from 'react'

import type { ProcessRow } from '../../../src/api/contract/processes.ts'
import { Explain } from '../elements/explain.tsx'
import { say, type ContainerMessageKey } from '../messages/container.ts'
import { dateTimeText } from '../units/clock.ts'
import { durationText } from '../units/duration.ts'
import {
  countQuantity,
  memoryQuantity,
  orDash,
  percentQuantity,
  quantityText,
} from '../units/quantity.ts'

interface StateWords {
  readonly word: ContainerMessageKey
  readonly about: ContainerMessageKey
}

/** What a letter of the kernel means. @see proc_pid_stat(5) */
const statesByLetter: Readonly<Record<string, StateWords>> = {
  R: { word: 'processes.running', about: 'processes.runningLong' },
  S: { word: 'processes.sleeping', about: 'processes.sleepingLong' },
  D: { word: 'processes.waiting', about: 'processes.waitingLong' },
  Z: { word: 'processes.zombie', about: 'processes.zombieLong' },
  T: { word: 'processes.stopped', about: 'processes.stoppedLong' },
  t: { word: 'processes.stopped', about: 'processes.tracedLong' },
  I: { word: 'processes.sleeping', about: 'processes.idleLong' },
}

/** Processes of a container, the busiest first. What was not read is a dash. */
export function ProcessTable(props: {
  readonly processes: readonly ProcessRow[]
  /** The present, by the server's clock. */
  readonly nowMs: number
}): ReactElement {
  const { processes, nowMs } = props
  return (
    <table className="dense-table process-table">
      <caption className="sr-only">{say('container.processes')}</caption>
      <thead>
        <tr>
          <th scope="col" data-number>
            {say('processes.pid')}
          </th>
          <th scope="col">{say('processes.command')}</th>
          <th scope="col">{say('processes.state')}</th>
          <th scope="col" data-number>
            {say('column.cpu')}
          </th>
          <th scope="col" data-number>
            {say('column.memory')}
          </th>
          <th scope="col" data-number data-wide>
            {say('column.threads')}
          </th>
          <th scope="col" data-number data-wide>
            {say('processes.user')}
          </th>
          <th scope="col" data-number data-wide>
            {say('processes.parent')}
          </th>
          <th scope="col" data-number data-wide>
            {say('processes.age')}
          </th>
        </tr>
      </thead>
      <tbody>
        {processes.map((process) => (
          <Process key={process.pid} process={process} nowMs={nowMs} />
        ))}
      </tbody>
    </table>
  )
}

function Process(props: { readonly process: ProcessRow; readonly nowMs: number }): ReactElement {
  const { process, nowMs } = props
  const { pid, parentPid, uid, command, threads, startedAtMs, cpu, memoryRssBytes } = process
  return (
    <tr data-pid={pid}>
      <td data-number>{pid}</td>
      <th scope="row" title={command}>
        {command}
      </th>
      <td>
        <State letter={process.state} />
      </td>
      <td data-number>{orDash(cpu, (value) => quantityText(percentQuantity(value)))}</td>
      <td data-number>{orDash(memoryRssBytes, (value) => quantityText(memoryQuantity(value)))}</td>
      <td data-number data-wide>
        {orDash(threads, (value) => countQuantity(value).number)}
      </td>
      <td data-number data-wide>
        {orDash(uid, String)}
      </td>
      <td data-number data-wide>
        {parentPid}
      </td>
      <td
        data-number
        data-wide
        title={startedAtMs === null ? undefined : dateTimeText(startedAtMs)}
      >
        {orDash(startedAtMs, (value) => durationText(nowMs - value))}
      </td>
    </tr>
  )
}

function State({ letter }: { readonly letter: string }): ReactElement {
  const words = statesByLetter[letter]
  if (words === undefined) return <span>{letter}</span>
  return (
    <Explain text={say(words.about)}>
      <span data-state={letter}>{say(words.word)}</span>
    </Explain>
  )
}

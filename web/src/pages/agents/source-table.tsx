import type { ReactElement } from 'react'

import type { SourceRow as Source } from '../../../../src/api/contract/agents.ts'
import { useLive } from '../../data/live.ts'
import { Badge } from '../../elements/badge.tsx'
import type { Tone } from '../../elements/container-state.ts'
import { say } from '../../messages/agents.ts'
import { durationText, shortDurationText } from '../../units/duration.ts'
import { countQuantity } from '../../units/quantity.ts'
import { listSentences, SourceWords } from './source-words.tsx'

const tones: Readonly<Record<Source['state'], Tone>> = {
  running: 'ok',
  degraded: 'warning',
  backoff: 'critical',
  stopped: 'off',
}

/** The sources of an agent: what each has done, in which way it works, and what keeps it from running well. */
export function SourceTable({ sources }: { readonly sources: readonly Source[] }): ReactElement {
  const { store } = useLive()
  if (sources.length === 0) {
    return <p className="border-t border-line px-4 py-3 text-soft">{say('agents.noSources')}</p>
  }
  return (
    <div className="overflow-x-auto border-t border-line">
      <table className="w-full text-left">
        <caption className="sr-only">{say('agents.sources')}</caption>
        <thead className="text-xs text-faint">
          <tr className="whitespace-nowrap *:px-4 *:py-1.5 *:font-normal">
            <th>{say('agents.sourceName')}</th>
            <th>{say('agents.sourceState')}</th>
            <th className="text-right">{say('agents.sourceLastRun')}</th>
            <th className="text-right max-sm:hidden">{say('agents.sourceTook')}</th>
            <th className="text-right max-sm:hidden">{say('agents.sourcePoints')}</th>
            <th className="w-full max-sm:hidden">{say('agents.sourceRestarts')}</th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <SourceRow key={source.name} source={source} nowMs={store.nowMs()} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface SourceRowProps {
  readonly source: Source
  readonly nowMs: number
}

/** Its figures, and below them, over the whole width, what it has to say. */
function SourceRow({ source, nowMs }: SourceRowProps): ReactElement {
  const { name, state, message, restarts, lastRunAt, work } = source
  const sentences = listSentences(message, work, nowMs)
  return (
    <>
      <tr className="border-t border-line whitespace-nowrap *:px-4 *:py-1.5">
        <th scope="row" className="font-semibold">
          {name}
        </th>
        <td>
          <Badge tone={tones[state]} text={say(`source.${state}`)} />
        </td>
        <td className="text-right">
          {lastRunAt === null
            ? say('agents.never')
            : say('unit.ago', { age: durationText(nowMs - lastRunAt) })}
        </td>
        <td className="text-right max-sm:hidden">{work && shortDurationText(work.lastRunMs)}</td>
        <td className="text-right max-sm:hidden">
          {work && countQuantity(work.total.points).number}
        </td>
        <td className="max-sm:hidden">{restarts}</td>
      </tr>
      {sentences.length > 0 && (
        <tr>
          <td colSpan={6} className="px-4 pb-2.5">
            <SourceWords name={name} sentences={sentences} />
          </td>
        </tr>
      )}
    </>
  )
}

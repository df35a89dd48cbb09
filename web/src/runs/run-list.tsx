import { useEffect, type ReactElement } from 'react'

import type { RunList as Answer, RunSums } from '../../../src/api/contract/runs.ts'
import { useHasHosts } from '../data/hosts.ts'
import { useLink, useRows } from '../data/live.ts'
import { useRequest } from '../data/request.ts'
import { say, sayCount } from '../messages/message.ts'
import { countQuantity, percentQuantity, quantityText, secondsQuantity } from '../units/quantity.ts'
import { RunTable } from './run-table.tsx'

/** How often ended runs are asked for while they are in sight. */
const everyMs = 5000
/** What a run used arrives so long after its end. */
const settleMs = 1000

/** Ended runs as the server lists them, kept up to date while the page is live. */
export function RunList(props: {
  /** Of `GET /api/runs`: `since=1h&limit=100`. */
  readonly search: string
  readonly label: string
  /** What stands there when there is none. */
  readonly empty: string
  readonly isOfOne?: boolean
}): ReactElement {
  const { search, label, empty, isOfOne = false } = props
  const hasHosts = useHasHosts() && !isOfOne
  const { data, error } = useRuns(search)
  if (error) return <p role="status">{say('runs.failed', { message: error.message })}</p>
  if (data === undefined) return <p className="text-soft">{say('app.loading')}</p>
  if (data.runs.length === 0) return <p className="text-soft">{empty}</p>
  return (
    <>
      <RunTable
        runs={data.runs}
        nowMs={data.time}
        label={label}
        isOfOne={isOfOne}
        hasHosts={hasHosts}
      />
      {data.sums.runs > 1 && <p className="pt-2 text-soft">{sumsText(data)}</p>}
    </>
  )
}

/** The list, asked anew soon after a container has changed and every few seconds; not in a pause. */
function useRuns(search: string): ReturnType<typeof useRequest<Answer>> {
  const rows = useRows()
  const isLive = useLink().kind === 'live'
  const answer = useRequest<Answer>(`/api/runs?${search}`, {
    // Another moment is another list; what it replaces stays until it is there.
    keepsPrevious: true,
    ...(isLive && { everyMs }),
  })
  const { refetch } = answer
  useEffect(() => {
    if (!isLive) return undefined
    const timer = setTimeout(() => void refetch(), settleMs)
    return () => clearTimeout(timer)
  }, [rows, isLive, refetch])
  return answer
}

function sumsText({ runs, sums }: Answer): string {
  const parts = [
    runs.length < sums.runs
      ? sayCount('runs.shownOf', sums.runs, { shown: countQuantity(runs.length).number })
      : sayCount('runs.shown', sums.runs),
    sums.cpuSeconds === null
      ? []
      : say('runs.cpuSum', { cpu: quantityText(secondsQuantity(sums.cpuSeconds)) }),
    say('runs.exactShare', { share: exactShare(sums) }),
  ]
  return parts.flat().join(' · ')
}

/** Rounded down: 100 % is said of all only. */
function exactShare({ exact, runs }: RunSums): string {
  return quantityText(percentQuantity(Math.floor((exact / runs) * 1000) / 10))
}

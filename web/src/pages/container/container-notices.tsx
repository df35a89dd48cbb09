import type { ReactElement } from 'react'

import type { ContainerRow } from '../../../../src/api/contract/containers.ts'
import { isRunning, staleForMs } from '../../data/live-row.ts'
import { useAgents, useBeat, useLink, useLive } from '../../data/live.ts'
import { Notice } from '../../elements/notice.tsx'
import { say } from '../../messages/container.ts'
import { clockText } from '../../units/clock.ts'

/** Whatever keeps the figures below from being the present: an old reading, an agent that is away, an end. */
export function ContainerNotices(props: {
  readonly container: ContainerRow
  readonly isGone: boolean
  readonly problem: string | undefined
}): ReactElement | null {
  const { container, isGone, problem } = props
  const staleAtMs = useStaleAtMs(container)
  const isAway = useAgents().some((agent) => agent.host === container.host && agent.away)
  if (isGone) return <Notice tone="off">{say('container.gone')}</Notice>
  if (problem !== undefined) {
    return <Notice tone="warning">{say('container.failed', { message: problem })}</Notice>
  }
  if (!isRunning(container)) return <Notice tone="off">{say('container.notRunning')}</Notice>
  if (staleAtMs === undefined) return null
  const key = isAway ? 'container.awayStale' : 'container.stale'
  return (
    <Notice tone="warning">{say(key, { time: clockText(staleAtMs), host: container.host })}</Notice>
  )
}

/**
 * When the figures were read, once they are too old to be live; while the stream itself is down its own banner speaks. An age
 * would be read out anew each second.
 */
function useStaleAtMs(container: ContainerRow): number | undefined {
  const { store } = useLive()
  const link = useLink()
  useBeat(1000)
  const row = store.rowOf(container.id)
  if (row === undefined || link.kind !== 'live') return undefined
  const nowMs = store.nowMs()
  const ageMs = staleForMs(row, nowMs)
  return ageMs === undefined ? undefined : nowMs - ageMs
}

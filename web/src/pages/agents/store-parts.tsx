import type { ReactElement } from 'react'

import type { StoreRow } from '../../../../src/api/contract/agents.ts'
import { Meter } from '../../elements/meter.tsx'
import { Notice } from '../../elements/notice.tsx'
import { say, sayCount } from '../../messages/agents.ts'
import { roughDurationText } from '../../units/duration.ts'
import { bytesText } from '../../units/scaled-bytes.ts'
import { Fact } from './fact.tsx'
import { pastText } from './past-text.ts'

const secondMs = 1000
const minuteMs = 60 * secondMs

interface StoreProps {
  readonly store: StoreRow
  readonly nowMs: number
}

/** What had to go before its time, and what helps; nothing where nothing had to. */
export function DroppedNotice({ store, nowMs }: StoreProps): ReactElement | null {
  const { droppedForSpace: dropped, maxBytes } = store
  if (dropped === null) return null
  const values = { size: bytesText(dropped.bytes), time: pastText(dropped.untilMs, nowMs) }
  return (
    <Notice tone="warning">
      <span>
        {maxBytes === 0
          ? say('agents.droppedEarly', values)
          : say('agents.droppedBelow', { ...values, limit: bytesText(maxBytes) })}
      </span>
      <span className="text-soft">
        {say('agents.droppedAdvice', {
          limit: 'vigie.store.max_bytes',
          seconds: 'vigie.retention.points_1s',
        })}
      </span>
    </Notice>
  )
}

/** Says that nothing is taken in any more; nothing where the disk has room. */
export function DiskFullNotice({ store }: Pick<StoreProps, 'store'>): ReactElement | null {
  if (!store.isDiskFull) return null
  return (
    <Notice tone="critical">
      <span>{say('agents.diskFull')}</span>
      <span className="text-soft">
        {say('agents.diskFullAdvice', { limit: 'vigie.store.max_bytes' })}
      </span>
    </Notice>
  )
}

/** What the store takes, of what it may take. */
export function DiskFact({ store }: Pick<StoreProps, 'store'>): ReactElement {
  const { bytesOnDisk, maxBytes } = store
  const used = bytesText(bytesOnDisk)
  if (maxBytes === 0) {
    return <Fact label={say('agents.disk')}>{say('agents.diskUnlimited', { used })}</Fact>
  }
  return (
    <Fact label={say('agents.disk')}>
      {say('agents.diskOf', { used, limit: bytesText(maxBytes) })}
      <Meter usedRatio={bytesOnDisk / maxBytes} tone="ok" />
    </Fact>
  )
}

/** How far back each step of points goes, and whether late ones are still being rolled up. */
export function KeptSteps({ store, nowMs }: StoreProps): ReactElement {
  return (
    <div className="grid gap-2 border-t border-line px-4 py-3">
      <h3 className="text-xs text-soft">{say('agents.kept')}</h3>
      <dl className="grid grid-cols-2 gap-x-10 gap-y-3 sm:flex sm:flex-wrap">
        {store.tiers.map(({ stepS, keptFromMs }) => (
          <Fact
            key={stepS}
            label={say('agents.step', { step: roughDurationText(stepS * secondMs) })}
          >
            {/* To the minute: the server reads its clock twice for the answer, and 6 h are not to read as 5 h. */}
            <Kept
              ageMs={Math.round((nowMs - keptFromMs) / minuteMs) * minuteMs}
              fromText={pastText(keptFromMs, nowMs)}
            />
          </Fact>
        ))}
      </dl>
      {store.lateHours > 0 && (
        <p className="text-xs text-faint">{sayCount('agents.late', store.lateHours)}</p>
      )}
    </div>
  )
}

function Kept({
  ageMs,
  fromText,
}: {
  readonly ageMs: number
  readonly fromText: string
}): ReactElement {
  if (ageMs <= 0) return <span className="text-soft">{say('agents.keptNone')}</span>
  return (
    <>
      {roughDurationText(ageMs)}{' '}
      <span className="text-xs text-faint">{say('agents.keptFrom', { time: fromText })}</span>
    </>
  )
}

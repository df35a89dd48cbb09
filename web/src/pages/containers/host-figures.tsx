import type { ReactElement, ReactNode } from 'react'

import type { AgentSummary } from '../../../../src/api/contract/agents.ts'
import { Meter } from '../../elements/meter.tsx'
import { say, sayCount } from '../../messages/message.ts'
import { loadQuantity, percentQuantity, quantityText } from '../../units/quantity.ts'
import { bytesText, rateText } from '../../units/scaled-bytes.ts'

/** What a host itself does: CPU, memory, load, network, disk. What its agent could not read is left out. */
export function HostFigures({ agent }: { readonly agent: AgentSummary }): ReactElement {
  const { cpu, memoryUsed, memoryTotal, load1, netRcvd, netSent, ioRead, ioWritten } = agent.figures
  const hasMemory = memoryUsed !== undefined && memoryTotal !== undefined
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4">
      {cpu !== undefined && (
        <Figure label={say('host.cpu')} meter={<Meter usedRatio={cpu / 100} />}>
          {quantityText(percentQuantity(cpu))}
          <Of text={sayCount('strip.cores', agent.hostFacts.cpuCount)} />
        </Figure>
      )}
      {hasMemory && (
        <Figure
          label={say('host.memory')}
          meter={<Meter usedRatio={memoryTotal > 0 ? memoryUsed / memoryTotal : 0} />}
        >
          {bytesText(memoryUsed)}
          <Of text={say('strip.of', { limit: bytesText(memoryTotal) })} />
        </Figure>
      )}
      <Rate label={say('host.netRcvd')} bytesPerS={netRcvd} />
      <Rate label={say('host.netSent')} bytesPerS={netSent} />
      <Rate label={say('host.ioRead')} bytesPerS={ioRead} />
      <Rate label={say('host.ioWritten')} bytesPerS={ioWritten} />
      {load1 !== undefined && (
        <Figure label={say('host.load')}>{loadQuantity(load1).number}</Figure>
      )}
    </dl>
  )
}

function Rate(props: {
  readonly label: string
  readonly bytesPerS: number | undefined
}): ReactElement | null {
  if (props.bytesPerS === undefined) return null
  return <Figure label={props.label}>{rateText(props.bytesPerS)}</Figure>
}

function Figure(props: {
  readonly label: string
  readonly meter?: ReactNode
  readonly children: ReactNode
}): ReactElement {
  return (
    <div>
      <dt className="text-2xs text-faint">{props.label}</dt>
      <dd className="live-figure text-base font-semibold">{props.children}</dd>
      {props.meter && <dd className="live-figure mt-1">{props.meter}</dd>}
    </div>
  )
}

function Of({ text }: { readonly text: string }): ReactElement {
  return <span className="text-[0.8125rem] font-normal text-soft"> {text}</span>
}

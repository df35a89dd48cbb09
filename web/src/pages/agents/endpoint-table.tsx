import type { ReactElement } from 'react'

import type { EndpointRow } from '../../../../src/api/contract/agents.ts'
import { useLive } from '../../data/live.ts'
import { Badge } from '../../elements/badge.tsx'
import type { Tone } from '../../elements/container-state.ts'
import { say } from '../../messages/agents.ts'
import { durationText } from '../../units/duration.ts'
import { countQuantity } from '../../units/quantity.ts'
import { bytesText } from '../../units/scaled-bytes.ts'

const tones: Readonly<Record<EndpointRow['state'], Tone>> = {
  delivering: 'ok',
  retrying: 'warning',
  refusing: 'critical',
  idle: 'off',
}

/** Where an agent sends to: whether that works, what waits, what was delivered, tried again and given up. */
export function EndpointTable(props: { readonly endpoints: readonly EndpointRow[] }): ReactElement {
  const { store } = useLive()
  return (
    <div
      role="group"
      aria-label={say('agents.endpoints')}
      tabIndex={0}
      className="overflow-x-auto border-t border-line"
    >
      <table className="w-full text-left">
        <caption className="sr-only">{say('agents.endpoints')}</caption>
        <thead className="text-xs text-faint">
          <tr className="whitespace-nowrap *:px-4 *:py-1.5 *:font-normal">
            <th scope="col">{say('agents.endpoint')}</th>
            <th scope="col">{say('agents.sourceState')}</th>
            <th scope="col" className="text-right">
              {say('endpoint.waiting')}
            </th>
            <th scope="col" className="text-right max-md:hidden">
              {say('endpoint.kept')}
            </th>
            <th scope="col" className="text-right">
              {say('endpoint.delivered')}
            </th>
            <th scope="col" className="text-right max-md:hidden">
              {say('endpoint.retried')}
            </th>
            <th scope="col" className="text-right">
              {say('endpoint.dropped')}
            </th>
            <th scope="col" className="text-right max-md:hidden">
              {say('endpoint.setAside')}
            </th>
            <th scope="col" className="text-right max-md:hidden">
              {say('endpoint.lastDelivered')}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.endpoints.map((endpoint) => (
            <Endpoint key={endpoint.name} endpoint={endpoint} nowMs={store.nowMs()} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface EndpointProps {
  readonly endpoint: EndpointRow
  readonly nowMs: number
}

/** Its figures, and below them, over the whole width, what went wrong last. */
function Endpoint({ endpoint, nowMs }: EndpointProps): ReactElement {
  const { name, url, state, message, waiting, delivered, retried, dropped, setAside } = endpoint
  return (
    <>
      <tr className="border-t border-line whitespace-nowrap *:px-4 *:py-1.5">
        <th scope="row" className="max-w-72 truncate font-semibold" title={url}>
          {name} <span className="font-normal text-soft">{url}</span>
        </th>
        <td>
          <Badge tone={tones[state]} text={say(`endpoint.${state}`)} />
        </td>
        <td className="text-right">{countQuantity(waiting).number}</td>
        <td className="text-right max-md:hidden">{keptText(endpoint)}</td>
        <td className="text-right">{countQuantity(delivered).number}</td>
        <td className="text-right max-md:hidden">{countQuantity(retried).number}</td>
        <td className="text-right">
          <Loss count={dropped} />
        </td>
        <td className="text-right max-md:hidden">
          <Loss count={setAside} />
        </td>
        <td className="text-right max-md:hidden">{lastText(endpoint, nowMs)}</td>
      </tr>
      {message !== '' && (
        <tr>
          <td colSpan={9} className="px-4 pb-2.5">
            {message}
          </td>
        </tr>
      )}
    </>
  )
}

/** A count that should be zero. */
function Loss({ count }: { readonly count: number }): ReactElement {
  if (count === 0) return <span className="text-faint">0</span>
  return (
    <span data-tone="warning" className="font-semibold text-(--tone)">
      {countQuantity(count).number}
    </span>
  )
}

function keptText({ memoryBytes, diskBytes }: EndpointRow): string {
  return say('endpoint.keptText', { memory: bytesText(memoryBytes), disk: bytesText(diskBytes) })
}

function lastText({ lastDeliveredAt }: EndpointRow, nowMs: number): string {
  if (lastDeliveredAt === null) return say('agents.never')
  return say('unit.ago', { age: durationText(nowMs - lastDeliveredAt) })
}

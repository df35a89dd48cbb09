import type { ReactElement } from 'react'

import type { LogLedgerList, LogLedgerRow } from '../../../src/api/contract/logs.ts'
import { useLive } from '../data/live.ts'
import { useRequest } from '../data/request.ts'
import { Badge } from '../elements/badge.tsx'
import { say, sayCount, type LogMessageKey } from '../messages/logs.ts'
import { durationText } from '../units/duration.ts'
import { countQuantity } from '../units/quantity.ts'
import { bytesText } from '../units/scaled-bytes.ts'

const refreshMs = 10_000
const ways: Readonly<Record<string, LogMessageKey>> = {
  file: 'ledger.way.file',
  api: 'ledger.way.api',
  tcp: 'ledger.way.tcp',
  udp: 'ledger.way.udp',
}

/** What became of all lines that a container wrote: one sentence, and the figures behind it. */
export function Ledger({ containerId }: { readonly containerId: string }): ReactElement | null {
  const { data, error } = useRequest<LogLedgerList>(
    `/api/logs/ledger?container=${encodeURIComponent(containerId)}`,
    { everyMs: refreshMs },
  )
  if (error) {
    return (
      <p role="alert" className="border-b border-line px-3.5 py-2 sm:px-5">
        {say('ledger.failed', { message: error.message })}
      </p>
    )
  }
  if (data === undefined) return null
  if (data.ledgers.length === 0) {
    return (
      <p className="border-b border-line px-3.5 py-2 text-soft sm:px-5">{say('ledger.none')}</p>
    )
  }
  return (
    <>
      {data.ledgers.map((ledger) => (
        <LedgerOfOne key={`${ledger.host} ${ledger.name}`} ledger={ledger} />
      ))}
    </>
  )
}

function LedgerOfOne({ ledger }: { readonly ledger: LogLedgerRow }): ReactElement {
  const faults = faultsOf(ledger)
  return (
    <details className="border-b border-line bg-panel px-3.5 py-1.5 sm:px-5">
      <summary className="text-soft">
        {faults.length === 0 ? (
          <Badge tone="ok" text={sayCount('ledger.whole', ledger.readLines)} />
        ) : (
          <Badge tone="warning" text={faults.join(' ')} />
        )}
      </summary>
      <Figures ledger={ledger} />
    </details>
  )
}

function Figures({ ledger }: { readonly ledger: LogLedgerRow }): ReactElement {
  const { store } = useLive()
  const way = ways[ledger.way]
  const figures: readonly (readonly [LogMessageKey, string])[] = [
    ['ledger.written', bytesText(ledger.writtenBytes)],
    ['ledger.read', `${bytesText(ledger.readBytes)}, ${lines(ledger.readLines)}`],
    ['ledger.sent', `${bytesText(ledger.sentBytes)}, ${lines(ledger.sentLines)}`],
    ['ledger.stored', lines(ledger.storedLines)],
    ['ledger.waiting', lines(ledger.waitingLines)],
    ['ledger.unansweredLabel', lines(ledger.unansweredLines)],
    ['ledger.dropped', lines(ledger.droppedLines)],
    ['ledger.refusedLabel', lines(ledger.refusedLines)],
    ['ledger.truncated', lines(ledger.truncatedLines)],
    ['ledger.duplicated', lines(ledger.duplicatedLines)],
    ['ledger.rotations', countQuantity(ledger.rotations).number],
    ['ledger.lostLabel', bytesText(ledger.lostBytes)],
    ['ledger.way', way === undefined ? ledger.way : say(way)],
  ]
  const age = durationText(store.nowMs() - ledger.time)
  return (
    <>
      <table className="ledger">
        <caption className="sr-only">{say('ledger.title')}</caption>
        <tbody>
          {figures.map(([label, text]) => (
            <tr key={label}>
              <th scope="row">{say(label)}</th>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="text-2xs text-faint">{say('ledger.told', { age, host: ledger.host })}</p>
    </>
  )
}

function lines(count: number): string {
  return sayCount('logs.lines', count)
}

/** What went wrong with its lines, one sentence each. */
function faultsOf({ lostBytes, refusedLines, unansweredLines }: LogLedgerRow): readonly string[] {
  return [
    ...(lostBytes > 0 ? [say('ledger.lost', { bytes: bytesText(lostBytes) })] : []),
    ...(refusedLines > 0 ? [sayCount('ledger.refused', refusedLines)] : []),
    ...(unansweredLines > 0 ? [sayCount('ledger.unanswered', unansweredLines)] : []),
  ]
}

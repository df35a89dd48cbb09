import type { HappeningRow } from '../../../src/api/contract/happenings.ts'
import type { ChartEvent } from '../charts/chart-event.ts'
import { addressOf } from '../data/search.ts'
import { eventAddress } from '../happenings/event-addresses.ts'
import { rowWords } from '../happenings/event-words.ts'
import { say } from '../messages/charts.ts'

/** So much is listed before and after an event that is opened. */
const aroundS = 60

/** A happening as a mark on charts of many things: it names what it happened to, and leads to the list of all events. */
export function markOf(row: HappeningRow): ChartEvent {
  const { timeMs, tone: state, container, host } = row
  const subject = container?.name || host
  const event = rowWords(row)
  const title = subject === '' ? event : say('marks.of', { subject, event })
  return { timeMs, state, title, address: eventAddress(row) }
}

/** A happening as a mark on charts of its own container: it leads to the list of that one's events. */
export function containerMarkOf(row: HappeningRow, containerId: string): ChartEvent {
  const { id, timeMs, tone: state } = row
  const second = Math.floor(timeMs / 1000)
  const address = addressOf(`/containers/${containerId}`, {
    tab: 'events',
    from: String(second - aroundS),
    to: String(second + aroundS),
    event: id,
  })
  return { timeMs, state, title: rowWords(row), address }
}

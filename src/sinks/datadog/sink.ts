import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { durationWithin } from '../../component/duration.ts'
import { defineSink } from '../../component/sink.ts'
import { ticks } from '../../component/ticks.ts'
import type { Batch } from '../../model/item.ts'
import { Thinner } from '../thinning/thinner.ts'
import { drain } from '../drain.ts'
import { nameDestinations } from './destinations.ts'
import { Gathering } from './gathering.ts'
import { KeyChecks } from './key-checks.ts'
import { openLogOutlet } from './logs/open-log-outlet.ts'
import { MetadataSchedule } from './metadata/metadata-schedule.ts'
import { createMetricFilter, ownMetrics } from './metric-filter.ts'
import { Sender } from './sender.ts'

/** How long after an interval's end its last points may still come. */
const graceMs = 2000
/** Intervals end at the same moment on all hosts: each sends somewhat later, or in a third of the interval. */
const longestSpreadMs = 5000

export default defineSink({
  name: 'datadog',
  about:
    'Sends metrics, events, service checks and logs to Datadog, or to others who take the same',
  config: z.strictObject({
    interval: durationWithin('1s', '1h')
      .prefault('15s')
      .describe(
        'Time between two points of a metric that is read more often; 15s as the Datadog Agent',
      ),
    exclude: z
      .array(z.string().min(1))
      .prefault([...ownMetrics])
      .describe('Metrics that are not sent: names, or how they begin followed by `*`'),
  }),
  async run({ interval: intervalMs, exclude }, input, context) {
    const { datadog, environment, telemetry, clock } = context
    if (datadog.destinations.length === 0) {
      await drain(input)
      return
    }
    const { version } = environment
    const destinations = nameDestinations(datadog.destinations, { group: 'datadog', version })
    const onLate = (count: number): void => telemetry.countDropped('datadog.late', count)
    const thinner = new Thinner({ intervalMs, graceMs, onLate })
    const feed: Feed = {
      gathering: new Gathering(thinner, createMetricFilter(exclude)),
      sender: new Sender(destinations, context),
      keys: new KeyChecks(destinations, context),
      schedule: new MetadataSchedule(),
    }
    const inputEnded = new AbortController()
    const ticking = tickOn(feed, { intervalMs, clock, signal: inputEnded.signal })
    try {
      for await (const batch of input) await take(batch, feed, clock)
    } finally {
      inputEnded.abort()
      await ticking
      await feed.sender.send(feed.gathering.takeAll())
      await feed.sender.finish()
      await feed.keys.close()
    }
  },
  openLogs: (_config, context) => openLogOutlet(context),
})

/** What one run of the sink works with. */
interface Feed {
  readonly gathering: Gathering
  readonly sender: Sender
  readonly keys: KeyChecks
  readonly schedule: MetadataSchedule
}

interface TickOptions {
  readonly intervalMs: number
  readonly clock: () => number
  /** Aborts when the input has ended. */
  readonly signal: AbortSignal
}

async function take(
  batch: Batch,
  { gathering, sender, schedule }: Feed,
  clock: () => number,
): Promise<void> {
  gathering.take(batch)
  const { report } = gathering
  if (report !== undefined && schedule.isDue(clock())) {
    schedule.noteSent(clock())
    await sender.sendMetadata(report)
  }
  if (gathering.isFull) await sender.send(gathering.takeReady())
}

/** Sends what is due after each interval, and does what is to be done at the start and now and then. */
async function tickOn(
  { gathering, sender, keys, schedule }: Feed,
  { intervalMs, ...when }: TickOptions,
): Promise<void> {
  keys.checkWhenDue(when.clock())
  const pauseMs = graceMs + Math.random() * Math.min(longestSpreadMs, intervalMs / 3)
  for await (const tickMs of ticks(intervalMs, when)) {
    await sleep(pauseMs, undefined, { signal: when.signal }).catch(() => {})
    if (when.signal.aborted) return
    await sender.send(gathering.takeDue(tickMs + graceMs))
    keys.checkWhenDue(tickMs)
    if (!schedule.isDue(tickMs)) continue
    schedule.noteSent(tickMs)
    await sender.sendMetadata(gathering.report)
  }
}

import { runs } from '../../component/runs.ts'
import type { SourceContext } from '../../component/source.ts'
import { offerAnswers } from './answers/offer-answers.ts'
import { Counters } from './counters.ts'
import { DogstatsdParts } from './dogstatsd-parts.ts'
import { openReceiver } from './receive/open-receiver.ts'
import { ReceiverLink } from './receiver-link.ts'

/** Part of the time to stop after which a worker that does not end is ended, so that what it has told is handed on. */
const receivingShare = 0.9

/** Until the source is to stop; what has been received by then is handed on. */
export async function receiveUntilStop(intervalMs: number, context: SourceContext): Promise<void> {
  const { dogstatsd: settings, procRoot } = context.environment
  const counters = new Counters()
  const link = new ReceiverLink()
  const parts = new DogstatsdParts(context, counters, link.tell)
  const receiver = await openReceiver({
    settings,
    procRoot,
    counters,
    stopWithinMs: context.stopWithinMs * receivingShare,
    onMessage(report) {
      parts.take(report)
      link.take(report)
    },
  })
  link.attach(receiver)
  const takeBack = offerAnswers(context, {
    link,
    counters,
    contextOf: (id) => parts.contexts.get(id),
  })
  try {
    for await (const timeMs of runs('dogstatsd', intervalMs, context))
      await parts.pass(timeMs, receiver.describe())
  } finally {
    takeBack()
    await receiver.stop()
    await parts.close()
  }
}

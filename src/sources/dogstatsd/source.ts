import { runs } from '../../component/runs.ts'
import { defineSource, type SourceContext } from '../../component/source.ts'
import { offerAnswers } from './answers/offer-answers.ts'
import { Counters } from './counters.ts'
import { DogstatsdParts } from './dogstatsd-parts.ts'
import { optionsSchema } from './options.ts'
import { openReceiver } from './receive/open-receiver.ts'
import { ReceiverLink } from './receiver-link.ts'

export default defineSource({
  name: 'dogstatsd',
  about:
    'Metrics, events and checks that applications send by DogStatsD, over UDP and Unix sockets',
  config: optionsSchema,
  async run({ interval: intervalMs }, context) {
    if (!context.signal.aborted) await receive(intervalMs, context)
  },
})

/** Until the source is to stop; what has been received by then is handed on. */
async function receive(intervalMs: number, context: SourceContext): Promise<void> {
  const { dogstatsd: settings, procRoot } = context.environment
  const counters = new Counters()
  const link = new ReceiverLink()
  const parts = new DogstatsdParts(context, counters, link.tell)
  const receiver = await openReceiver({
    settings,
    procRoot,
    counters,
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

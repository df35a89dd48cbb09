import { defineSource } from '../../component/source.ts'
import { optionsSchema } from './options.ts'

export default defineSource({
  name: 'dogstatsd',
  about:
    'Metrics, events and checks that applications send by DogStatsD, over UDP and Unix sockets',
  config: optionsSchema,
  async run({ interval: intervalMs }, context) {
    // Loaded when it runs: every command loads this file, for the configuration.
    const { receiveUntilStop } = await import('./receive-until-stop.ts')
    if (!context.signal.aborted) await receiveUntilStop(intervalMs, context)
  },
})

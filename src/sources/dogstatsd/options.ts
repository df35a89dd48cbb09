import { z } from 'zod'
import { durationWithin } from '../../component/duration.ts'

/** What is received and what becomes of it is said by Datadog's own options. */
export const optionsSchema = z.strictObject({
  interval: durationWithin('1s', '1h')
    .prefault('1s')
    .describe(
      'Time between two looks at how receiving goes; intervals of metrics are always 10 seconds',
    ),
})

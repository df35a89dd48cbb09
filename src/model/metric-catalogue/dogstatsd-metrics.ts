import type { MetricDescription } from './metric-description.ts'

/** Metrics of the source `dogstatsd` about itself; what its clients send comes under their own names. Told every 10 s. */
export const dogstatsdMetrics: readonly MetricDescription[] = [
  {
    name: 'vigie.dogstatsd.samples',
    unit: '/s',
    about: 'Values of metrics that clients of DogStatsD sent.',
    formula: 'Δ values read / Δt',
    tagSet: 'none',
  },
  {
    name: 'vigie.dogstatsd.packets',
    unit: '/s',
    about: 'Packets that came, on a stream the frames.',
    formula: 'Δ packets received / Δt',
    tagSet: 'none',
    extraTags: ['transport'],
  },
  {
    name: 'vigie.dogstatsd.bytes',
    unit: 'B/s',
    about: 'Bytes of these packets.',
    formula: 'Δ bytes received / Δt',
    tagSet: 'none',
    extraTags: ['transport'],
  },
  {
    name: 'vigie.dogstatsd.contexts',
    unit: '',
    about: 'Combinations of name, tags and origin that are in use.',
    formula: 'contexts that have not expired',
    tagSet: 'none',
  },
  {
    name: 'vigie.dogstatsd.longest_pause',
    unit: 'ms',
    about:
      'Longest time since the start for which packets were not read, since an interval was ended or told.',
    formula: 'most of the times that these took',
    tagSet: 'none',
  },
  {
    name: 'vigie.dogstatsd.dropped',
    unit: '/s',
    about:
      'What was lost: values without room, messages that cannot be read, packets that the kernel let go of.',
    formula: 'Δ of all losses / Δt; the status tells them by reason',
    tagSet: 'none',
  },
]

import { eventCases } from './events.ts'
import { metricFieldCases } from './metric-fields.ts'
import { metricValueCases } from './metric-values.ts'
import type { DatagramCase } from './outcome.ts'
import { packetCases } from './packets.ts'
import { serviceCheckCases } from './service-checks.ts'

/** Datagrams, good and bad, and what has to come of them; written from the grammar in docs/reference/dogstatsd.md. */
export const datagrams: readonly DatagramCase[] = [
  ...metricValueCases,
  ...metricFieldCases,
  ...eventCases,
  ...serviceCheckCases,
  ...packetCases,
]

import type { MetricDescription } from './metric-description.ts'

/** What all metrics of logs have in common. */
function ofLogs(
  metric: Pick<MetricDescription, 'name' | 'unit' | 'about' | 'formula'>,
): MetricDescription {
  return { ...metric, tagSet: 'container', extraTags: ['log'] }
}

/**
 * Metrics of the source `logs`: of each container that has lines, or else of the file or port that `log` names. Told every
 * 10 s; while nothing happens there is one of 0, and then none.
 */
export const logMetrics: readonly MetricDescription[] = [
  ofLogs({
    name: 'vigie.logs.bytes_read',
    unit: 'B/s',
    about: 'Bytes read from its log files, or received.',
    formula: 'Δ bytes read / Δt',
  }),
  ofLogs({
    name: 'vigie.logs.lines_read',
    unit: '/s',
    about: 'Lines read, those that belong together as one.',
    formula: 'Δ lines read / Δt',
  }),
  ofLogs({
    name: 'vigie.logs.bytes_sent',
    unit: 'B/s',
    about: 'Bytes of messages that the server has stored.',
    formula: 'Δ bytes acknowledged / Δt',
  }),
  ofLogs({
    name: 'vigie.logs.lines_sent',
    unit: '/s',
    about: 'Lines that the server has stored.',
    formula: 'Δ lines acknowledged / Δt',
  }),
  ofLogs({
    name: 'vigie.logs.lines_dropped',
    unit: '/s',
    about: 'Lines that a rule of the configuration left out.',
    formula: 'Δ lines left out / Δt',
  }),
  ofLogs({
    name: 'vigie.logs.lines_refused',
    unit: '/s',
    about: 'Lines that the server will never take.',
    formula: 'Δ lines refused / Δt',
  }),
  ofLogs({
    name: 'vigie.logs.lines_truncated',
    unit: '/s',
    about: 'Lines that were longer than `max_message_size_bytes`, and cut.',
    formula: 'Δ lines cut / Δt',
  }),
  ofLogs({
    name: 'vigie.logs.bytes_lost',
    unit: 'B/s',
    about: 'Bytes that were gone before they could be read, as far as that could be noticed.',
    formula: 'Δ bytes lost / Δt',
  }),
  ofLogs({
    name: 'vigie.logs.rotations',
    unit: '/s',
    about: 'Rotations of its log file.',
    formula: 'Δ rotations / Δt',
  }),
  ofLogs({
    name: 'vigie.logs.lines_waiting',
    unit: '',
    about: 'Lines that were read and are not acknowledged yet.',
    formula: 'lines read − lines sent, dropped and refused',
  }),
]

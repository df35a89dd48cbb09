import { logLevels, type LogLevel } from '../../model/log-level.ts'
import { statusLevel } from '../logs/status-level.ts'

/** What the numbers of OTLP's severities are, from the first of each range on. @see https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber */
export const severities: readonly (readonly [from: number, level: LogLevel])[] = [
  [1, 'trace'],
  [5, 'debug'],
  [9, 'info'],
  [13, 'warn'],
  [17, 'error'],
  [21, 'critical'],
]

const highestSeverity = 24

/** Place in `logLevels`: what the text says where it is a known word, else what the number says. */
export function severityLevel(number: number | undefined, text: string | undefined): number {
  const said = statusLevel(text)
  if (said !== 0 || number === undefined || number > highestSeverity) return said
  const level = severities.findLast(([from]) => number >= from)?.[1]
  return level === undefined ? 0 : logLevels.indexOf(level)
}

import { LinearPattern } from '../../../../component/linear-pattern/linear-pattern.ts'

/** As far as Datadog's agent looks: `tokenizer_max_input_bytes`. */
const mostBytes = 60

const month = '(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)[a-z]*'
const clock = '\\d\\d?:\\d\\d'

/** Days with a time of day, wherever they stand. */
const dates = [
  // 2006-01-02T15:04:05, 2006/01/02 15:04:05, 2006.01.02 15:04, 2006-01-02, 15:04:05
  `\\d{4}[-/.]\\d\\d[-/.]\\d\\d(?:T|,? +)${clock}`,
  // 20060102T150405
  '\\d{8}T\\d{6}',
  // 02/Jan/2006:15:04:05, 02-Jan-2006 15:04:05, 02 Jan 2006 15:04:05
  `\\d\\d?[-/ ]${month}[-/ ]\\d{4}[ :,T]+${clock}`,
  // Jan  2 15:04:05, Fri Jan 02 15:04:05 2006, Jan 02, 2006 3:04:05 PM
  `${month} {1,2}\\d\\d?,? (?:\\d{4},? )?${clock}:\\d\\d`,
  // 01/02/2006 15:04:05, 02.01.2006, 15:04
  `\\d\\d?[/.]\\d\\d?[/.]\\d{4},? +${clock}`,
  // 060102 15:04:05
  `\\b\\d{6} +${clock}:\\d\\d`,
]

/** Times that are taken for one at the beginning of a line only. */
const beginnings = [
  // 15:04:05, 3:04PM
  `${clock}(?::\\d\\d(?:[.,\\s\\])]|$)|[AP]M\\b)`,
  // Seconds, milliseconds or nanoseconds since 1970
  '1\\d{9}(?:\\.\\d+|\\d{3}|\\d{6}|\\d{9})?(?:[\\s:\\])|]|$)',
  // klog: I0102 15:04:05
  `[IWEF]\\d{4} ${clock}:\\d\\d`,
]

/** A line that begins with a blank has its time right behind it, or it is none: it may belong to the line before. */
const pattern = new LinearPattern(
  `^[ \\t]*[\\[("'<]?(?:${[...dates, ...beginnings].join('|')})|^[^ \\t].*(?:${dates.join('|')})`,
)

/** Whether a line says when it was printed, among its first bytes. */
export function hasTimestamp(bytes: Uint8Array, start: number, end: number): boolean {
  return pattern.test(bytes, start, Math.min(end, start + mostBytes))
}

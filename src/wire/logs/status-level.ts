import { type LogLevel, logLevels } from '../../model/log-level.ts'

/** What a log calls its levels, in small letters: Datadog's words, syslog's, and those that loggers print. */
export const levelWords: ReadonlyMap<string, LogLevel> = new Map<string, LogLevel>([
  ...words('trace', 'trace', 'verbose', 'finest', 'finer', 'trc', 'trce', 'vrb', 't'),
  ...words('debug', 'debug', 'dbg', 'dbug', 'fine', 'config', 'd'),
  ...words('info', 'info', 'information', 'informational', 'inf', 'ok', 'success', 'log', 'i'),
  ...words('notice', 'notice', 'note', 'ntc', 'n'),
  ...words('warn', 'warn', 'warning', 'wrn', 'w'),
  ...words('error', 'error', 'err', 'eror', 'fail', 'severe', 'failure', 'e'),
  ...words('critical', 'critical', 'crit', 'fatal', 'ftl', 'panic', 'dpanic', 'c', 'f'),
  ...words('alert', 'alert', 'a'),
  ...words('emergency', 'emergency', 'emerg'),
])

/** Of syslog, the gravest first. @see RFC 5424, 6.2.1 */
const syslogLevels = [
  'emergency', 'alert', 'critical', 'error', 'warn', 'notice', 'info', 'debug',
] as const satisfies LogLevel[] // prettier-ignore

/** Of pino and bunyan, in tens. @see pino's documentation, "level" */
const loggerLevels = ['trace', 'debug', 'info', 'warn', 'error', 'critical'] as const

/**
 * Place in `logLevels` of what a log says of itself: a word in any letters, a number of syslog (0 to 7) or of pino and
 * bunyan (10 to 60), as a number or a text. 0, which is `unknown`, for anything else.
 */
export function statusLevel(status: unknown): number {
  if (typeof status === 'number') return placeOf(levelOfNumber(status))
  if (typeof status !== 'string') return 0
  const word = status.trim().toLowerCase()
  const known = levelWords.get(word)
  if (known !== undefined) return placeOf(known)
  return /^\d{1,2}$/.test(word) ? placeOf(levelOfNumber(Number(word))) : 0
}

function levelOfNumber(value: number): LogLevel | undefined {
  return value < 10 ? syslogLevels[value] : loggerLevels[value / 10 - 1]
}

function placeOf(level: LogLevel | undefined): number {
  return level === undefined ? 0 : logLevels.indexOf(level)
}

function words(level: LogLevel, ...names: readonly string[]): [string, LogLevel][] {
  return names.map((name) => [name, level])
}

import { writeSync } from 'node:fs'
import { pino, type Logger } from 'pino'
import { formatLogLine } from './format-log-line.ts'

/** Our own log: one line of text on standard error for each of our events. */
export type Log = Logger

const standardError = 2

/** `trace` … `error`, `fatal` or `silent`, pino's names; `name` says which half of the program speaks. */
export function openLog(level: string, name: string): Log {
  return pino({ level, base: { name } }, { write: (line) => writeLine(formatLogLine(line)) })
}

/** A log that nobody reads any more, or that is full, is no reason to stop. */
function writeLine(text: string): void {
  try {
    writeSync(standardError, text)
  } catch {
    return
  }
}

/** What was read: Unix milliseconds; for a whole day also where that ends. */
export interface Moment {
  readonly fromMs: number
  /** Later than `fromMs` where what was written is a day; else the same. */
  readonly toMs: number
}

const unitMs: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  j: 86_400_000,
  w: 604_800_000,
}
const dayOffsets: Readonly<Record<string, number>> = {
  today: 0,
  yesterday: -1,
  "aujourd'hui": 0,
  hier: -1,
}
const nowWords: readonly string[] = ['now', 'maintenant']
/** Digits of a Unix time in seconds, and in milliseconds, from 2001 until long after us. */
const secondDigits = /^\d{9,11}$/
const milliDigits = /^\d{12,14}$/

/**
 * A moment as people write it, in their own time zone: `now`, `-90m`, `2 h ago`, `yesterday`, `yesterday 14:05`, `14:05:30`,
 * `2026-01-31`, `2026-01-31 14:05`, an ISO time with its zone, Unix seconds or milliseconds; `undefined` for anything else.
 */
export function parseMoment(text: string, nowMs: number): Moment | undefined {
  const plain = text.trim().toLowerCase().replaceAll('’', "'")
  if (nowWords.includes(plain)) return at(nowMs)
  if (secondDigits.test(plain)) return at(Number(plain) * 1000)
  if (milliDigits.test(plain)) return at(Number(plain))
  return readAge(plain, nowMs) ?? readZoned(plain) ?? readLocal(plain, nowMs)
}

function readAge(text: string, nowMs: number): Moment | undefined {
  const [, minus, count, unit, ago] =
    /^(-|il y a )?\s*(\d{1,6})\s*(s|min|m|h|d|j|w)(\s+ago)?$/.exec(text) ?? []
  const sizeMs = unitMs[unit ?? '']
  // A bare `90m` may mean anything.
  if (sizeMs === undefined || (minus === undefined && ago === undefined)) return undefined
  return at(nowMs - Number(count) * sizeMs)
}

/** Only what names its zone: without one the language has two opinions on which is meant. */
function readZoned(text: string): Moment | undefined {
  if (!/^\d{4}-\d\d-\d\d[t ]\d\d:\d\d(:\d\d(\.\d+)?)?(z|[+-]\d\d:?\d\d)$/.test(text))
    return undefined
  const timeMs = Date.parse(text.toUpperCase().replace(' ', 'T'))
  return Number.isNaN(timeMs) ? undefined : at(timeMs)
}

function readLocal(text: string, nowMs: number): Moment | undefined {
  const [, day, clock] =
    /^([^\d\s]+|\d{4}-\d\d-\d\d)?[t ]*(\d{1,2}:\d\d(?::\d\d)?)?$/.exec(text) ?? []
  if (day === undefined && clock === undefined) return undefined
  const start = readDay(day ?? 'today', nowMs)
  if (start === undefined) return undefined
  return clock === undefined ? wholeDay(start) : atClock(start, clock)
}

function atClock(day: Date, clock: string): Moment | undefined {
  const [hour = 0, minute = 0, second = 0] = clock.split(':').map(Number)
  if (hour > 23 || minute > 59 || second > 59) return undefined
  return at(new Date(day).setHours(hour, minute, second, 0))
}

/** Midnight at the start of a day, or `undefined` where there is no such day. */
function readDay(text: string, nowMs: number): Date | undefined {
  const offset = dayOffsets[text]
  if (offset !== undefined) {
    const now = new Date(nowMs)
    return new Date(now.getFullYear(), now.getMonth(), now.getDate() + offset)
  }
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  const date = new Date(year, month - 1, day)
  return date.getMonth() === month - 1 && date.getDate() === day ? date : undefined
}

/** Until the next midnight: 23 or 25 hours on the days on which clocks are changed. */
function wholeDay(start: Date): Moment {
  const end = new Date(start.getFullYear(), start.getMonth(), start.getDate() + 1)
  return { fromMs: start.getTime(), toMs: end.getTime() }
}

function at(timeMs: number): Moment {
  return { fromMs: timeMs, toMs: timeMs }
}

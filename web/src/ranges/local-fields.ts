/** A moment as the fields of a form hold it, in the reader's time zone. */
export interface LocalFields {
  /** `2026-01-31` */
  readonly date: string
  /** `14:05:00` */
  readonly time: string
}

/** What the fields hold for a moment. */
export function toLocalFields(timeMs: number): LocalFields {
  const time = new Date(timeMs)
  const [year, month, day] = [time.getFullYear(), time.getMonth() + 1, time.getDate()]
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()]
  return {
    date: `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`,
    time: clock.map(twoDigits).join(':'),
  }
}

/** The reader's time zone by name, and how far it is from UTC at a moment: `Europe/Paris`, `UTC+02:00`. */
export function zoneAt(timeMs: number): { readonly zone: string; readonly offset: string } {
  const minutes = -new Date(timeMs).getTimezoneOffset()
  const sign = minutes < 0 ? '-' : '+'
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return {
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    offset: `UTC${sign}${twoDigits(hours)}:${twoDigits(rest)}`,
  }
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0')
}

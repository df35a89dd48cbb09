/** So many days, weeks or months back. */
export const calendarShiftPattern = /^-([1-9]\d{0,3})(d|w|mo)$/

/** Whether it is the name of a time zone, such as `Europe/Paris`. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** The last second of the year 9999: later times are no times. */
export const maxUnixTimeS = 253_402_300_799

/**
 * A time in Unix seconds behind `T` or `d:`: a whole decimal number from 1 to `maxUnixTimeS`; `undefined` for all else. The
 * Datadog Agent takes any 64-bit number, also those that no store has a place for.
 */
export function parseUnixTime(text: string): number | undefined {
  if (!/^\+?\d+$/.test(text)) return undefined
  const seconds = Number(text)
  return seconds >= 1 && seconds <= maxUnixTimeS ? seconds : undefined
}

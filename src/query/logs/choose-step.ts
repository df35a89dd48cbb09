const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** Lengths that divide seconds, minutes, hours and days, so that steps begin where a clock would. */
const roundStepsMs = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * secondMs),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minuteMs),
  ...[1, 2, 3, 6, 12].map((hours) => hours * hourMs),
]

/** Milliseconds of one step: the shortest round length of which at most `steps` touch the range. */
export function chooseStep(fromMs: number, toMs: number, steps: number): number {
  const touched = (stepMs: number): number =>
    Math.floor(toMs / stepMs) - Math.floor(fromMs / stepMs) + 1
  const round = roundStepsMs.find((stepMs) => touched(stepMs) <= steps)
  if (round !== undefined) return round
  let days = Math.max(1, Math.floor((toMs - fromMs) / dayMs / steps))
  while (touched(days * dayMs) > steps) days += 1
  return days * dayMs
}

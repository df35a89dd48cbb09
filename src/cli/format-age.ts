/** How long ago, `3.2 s`, `45 s`, `12 min`, `5 h`. Clocks of two machines may differ: nothing is in the future. */
export function formatAge(ageMs: number): string {
  const seconds = Math.max(0, ageMs) / 1000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 120) return `${Math.round(seconds)} s`
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`
  return `${Math.round(seconds / 3600)} h`
}

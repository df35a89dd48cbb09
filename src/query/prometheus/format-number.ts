/** A value as Prometheus writes it in its answers: `NaN`, `+Inf`, `-Inf`, else the shortest digits that say it. */
export function formatNumber(value: number): string {
  if (Number.isFinite(value) || Number.isNaN(value))
    return Object.is(value, -0) ? '-0' : String(value)
  return value > 0 ? '+Inf' : '-Inf'
}

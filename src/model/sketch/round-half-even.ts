/** The nearest whole number; of two that are as near, the even one, as the Datadog Agent and ClickHouse round. */
export function roundHalfEven(value: number): number {
  const below = Math.floor(value)
  const rest = value - below
  return rest > 0.5 || (rest === 0.5 && below % 2 !== 0) ? below + 1 : below
}

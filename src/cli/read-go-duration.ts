import { duration } from '../component/duration.ts'
import { UsageError } from './command.ts'

const parts = /\d+(?:\.\d+)?(?:ms|s|m|h)/g
const maxMs = 24 * 3_600_000

/**
 * A length of time as Go writes it, `90s`, `1h30m`, above 0 and at most a day, in milliseconds.
 * @throws {UsageError}
 */
export function readGoDuration(text: string): number {
  const found = text.match(parts) ?? []
  const sumMs = found.reduce((sum, part) => sum + duration.parse(part), 0)
  if (found.join('') === text && sumMs > 0 && sumMs <= maxMs) return sumMs
  throw new UsageError(
    `Cannot use --duration ${text}: expected is a duration such as 30s, 5m or 1h30m, up to 24h`,
  )
}

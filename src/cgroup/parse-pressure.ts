import { parseNumber } from './parse-number.ts'

const newline = 10
const total = Buffer.from(' total=', 'latin1')

/**
 * Reads `some avg10=0.00 avg60=0.00 avg300=0.00 total=123`, the first line of a pressure file.
 * @returns Microseconds in which at least one task waited; `undefined` when it says nothing of the kind.
 * @see kernel docs, accounting/psi, "Pressure interface"
 */
export function parsePressure(bytes: Buffer, length: number): number | undefined {
  const at = bytes.indexOf(total)
  const isInFirstLine = at >= 0 && at < Math.min(length, bytes.indexOf(newline))
  return isInFirstLine ? parseNumber(bytes, at + total.length) : undefined
}

const zero = 48
const minus = 45

/**
 * Reads the decimal number that starts at `at`.
 * @returns The number, exact up to 2^53; `undefined` for anything else, such as the kernel's `max`, or -1.
 */
export function parseNumber(bytes: Uint8Array, at: number): number | undefined {
  if (bytes[at] === minus) return undefined
  let value = 0
  let end = at
  for (;;) {
    const digit = (bytes[end] ?? 0) - zero
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
    end += 1
  }
  return end === at ? undefined : value
}

/** Index of the first byte behind the run of digits that starts at `at`. */
export function skipDigits(bytes: Uint8Array, at: number): number {
  let end = at
  while (isDigit(bytes[end])) end += 1
  return end
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= zero && byte <= zero + 9
}

/** Bytes of the character that begins at `at` with a byte above 127: 2 to 4, or 1 where that is no UTF-8. @see RFC 3629, 4 */
export function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at] ?? 0
  if (lead < 0xc2 || lead > 0xf4) return 1
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
  if (at + length > end || !canFollow(lead, bytes[at + 1] ?? 0)) return 1
  for (let i = at + 2; i < at + length; i += 1) if (((bytes[i] ?? 0) & 0xc0) !== 0x80) return 1
  return length
}

/** Four first bytes allow less than others for the second: no long forms, no surrogates, nothing above U+10FFFF. */
function canFollow(lead: number, second: number): boolean {
  if (lead === 0xe0) return second >= 0xa0 && second <= 0xbf
  if (lead === 0xed) return second >= 0x80 && second <= 0x9f
  if (lead === 0xf0) return second >= 0x90 && second <= 0xbf
  if (lead === 0xf4) return second >= 0x80 && second <= 0x8f
  return second >= 0x80 && second <= 0xbf
}

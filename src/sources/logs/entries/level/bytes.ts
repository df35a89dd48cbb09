/** Bytes that stand beside words. */
export const sign = {
  tab: 0x09,
  escape: 0x1b,
  blank: 0x20,
  quote: 0x22,
  apostrophe: 0x27,
  openRound: 0x28,
  closeRound: 0x29,
  comma: 0x2c,
  dash: 0x2d,
  dot: 0x2e,
  slash: 0x2f,
  colon: 0x3a,
  less: 0x3c,
  equals: 0x3d,
  greater: 0x3e,
  open: 0x5b,
  close: 0x5d,
  underscore: 0x5f,
  bar: 0x7c,
} as const

export function isLetter(byte: number): boolean {
  const small = byte | 0x20
  return small >= 0x61 && small <= 0x7a
}

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

export function isBlank(byte: number): boolean {
  return byte === sign.blank || byte === sign.tab
}

/** What a name consists of: letters, digits, `_`, and bytes of letters beyond ASCII. */
export function isWordByte(byte: number): boolean {
  return isLetter(byte) || isDigit(byte) || byte === sign.underscore || byte > 0x7f
}

/** Goes over terminal colours, such as `ESC [ 32 m`, from `at` on. @returns Where something else stands. */
export function skipColours(bytes: Uint8Array, at: number, end: number): number {
  let to = at
  while (to < end && bytes[to] === sign.escape && bytes[to + 1] === sign.open) {
    let last = to + 2
    while (last < end && !isLetter(bytes[last] ?? 0)) last += 1
    to = last + 1
  }
  return to
}

const letterM = 0x6d

/** Goes back over terminal colours that end before `at`. @returns Where the text before them ends. */
export function skipColoursBack(bytes: Uint8Array, at: number, start: number): number {
  let to = at
  for (;;) {
    if (bytes[to - 1] !== letterM) return to
    let first = to - 2
    while (first > start && (isDigit(bytes[first] ?? 0) || bytes[first] === 0x3b)) first -= 1
    if (first <= start || bytes[first] !== sign.open || bytes[first - 1] !== sign.escape) return to
    to = first - 1
  }
}

/** A few bytes as a text. */
export function shortText(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let at = start; at < end; at += 1) text += String.fromCharCode(bytes[at] ?? 0)
  return text
}

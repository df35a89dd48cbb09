const newline = 10
const carriageReturn = 13

/** Lines of one packet. */
export interface PacketLines {
  /** Without their ends, `\r\n` or `\n`, and without empty lines; they share the packet's memory. */
  readonly lines: readonly Uint8Array[]
  /** Whether the packet ends without a line end. */
  readonly isUnterminated: boolean
}

/**
 * Splits a packet into lines, of which each is a message.
 * @param isEndRequired `dogstatsd_eol_required`: a last line without its end is left out.
 */
export function splitLines(packet: Uint8Array, isEndRequired = false): PacketLines {
  const isUnterminated = packet.length > 0 && packet.at(-1) !== newline
  const lines: Uint8Array[] = []
  let from = 0
  while (from < packet.length) {
    const end = packet.indexOf(newline, from)
    if (end < 0 && isEndRequired) break
    const line = withoutReturn(packet.subarray(from, end < 0 ? packet.length : end))
    if (line.length > 0) lines.push(line)
    from = end < 0 ? packet.length : end + 1
  }
  return { lines, isUnterminated }
}

function withoutReturn(line: Uint8Array): Uint8Array {
  return line.at(-1) === carriageReturn ? line.subarray(0, -1) : line
}

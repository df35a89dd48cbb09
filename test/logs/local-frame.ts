/** What one entry of the driver `local` holds. */
export interface LocalFrame {
  readonly line: string | Buffer
  readonly source?: string
  readonly timeNs?: bigint
  /** Of a part of a line, whether it is the last. */
  readonly partial?: 'more' | 'last'
}

/** A frame as the engine writes it: size, entry, size. */
export function makeLocalFrame({ line, source, timeNs, partial }: LocalFrame): Buffer {
  const last = partial === 'last' ? [0x08, 1] : []
  const metadata = Buffer.from([...last, 0x12, 2, 0x69, 0x64, 0x18, 1])
  const entry = Buffer.concat([
    field(1, Buffer.from(source ?? 'stdout')),
    Buffer.of(0x10, ...varint(timeNs ?? 1_700_000_000_123_456_789n)),
    field(3, Buffer.from(line)),
    ...(partial === undefined ? [] : [Buffer.of(0x20, 1), field(5, metadata)]),
  ])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(entry.length)
  return Buffer.concat([size, entry, size])
}

function field(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.of((number << 3) | 2, ...varint(BigInt(bytes.length))), bytes])
}

function varint(value: bigint): number[] {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  return [...bytes, Number(rest)]
}

import type { InsertColumn } from '../engine.ts'

/**
 * Columns as one block of ClickHouse's format Native, piece by piece: the memory of numbers as it is, texts each behind
 * its length. Pieces of numbers are not copied: their memory must not change before they are sent.
 * @see ClickHouse docs, "Native" format: varint columns, varint rows, then for each its name, its type and its values
 */
export function* encodeNativeBlock(columns: readonly InsertColumn[]): Generator<Uint8Array> {
  const [first] = columns
  yield Buffer.concat([varint(columns.length), varint(first === undefined ? 0 : rowsOf(first))])
  for (const column of columns) {
    yield Buffer.concat([shortText(column.name), shortText(nativeType(column))])
    if (column.type === 'String') yield* encodeTexts(column.data)
    else if (column.type === 'Bytes') yield* encodeBytes(column.data, column.offsets)
    else yield bytesOf(column.data)
  }
}

/** The columns as the engine's table function `input` wants to be told of them. */
export function describeColumns(columns: readonly InsertColumn[]): string {
  return columns.map((column) => `${column.name} ${nativeType(column)}`).join(', ')
}

function nativeType({ type }: InsertColumn): string {
  return type === 'Bytes' ? 'String' : type
}

function rowsOf(column: InsertColumn): number {
  return column.type === 'Bytes' ? column.offsets.length - 1 : column.data.length
}

function bytesOf({ buffer, byteOffset, byteLength }: NodeJS.TypedArray): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}

const pieceBytes = 1024 * 1024
/** A varint of any length that a text can have. */
const maxLengthBytes = 5

function* encodeTexts(texts: readonly string[]): Generator<Uint8Array> {
  let piece = Buffer.allocUnsafe(pieceBytes)
  let end = 0
  for (const text of texts) {
    const length = Buffer.byteLength(text)
    if (end + length + maxLengthBytes > piece.length) {
      yield piece.subarray(0, end)
      piece = Buffer.allocUnsafe(Math.max(pieceBytes, length + maxLengthBytes))
      end = 0
    }
    end = putVarint(piece, end, length)
    end += piece.write(text, end)
  }
  yield piece.subarray(0, end)
}

function* encodeBytes(bytes: Uint8Array, offsets: Int32Array): Generator<Uint8Array> {
  let piece = Buffer.allocUnsafe(pieceBytes)
  let end = 0
  for (let row = 0; row + 1 < offsets.length; row += 1) {
    const from = offsets[row] ?? 0
    const to = offsets[row + 1] ?? 0
    if (end + to - from + maxLengthBytes > piece.length) {
      yield piece.subarray(0, end)
      piece = Buffer.allocUnsafe(Math.max(pieceBytes, to - from + maxLengthBytes))
      end = 0
    }
    end = putVarint(piece, end, to - from)
    piece.set(bytes.subarray(from, to), end)
    end += to - from
  }
  yield piece.subarray(0, end)
}

function shortText(text: string): Buffer {
  const bytes = Buffer.from(text)
  return Buffer.concat([varint(bytes.length), bytes])
}

function varint(value: number): Buffer {
  const bytes = Buffer.alloc(maxLengthBytes)
  return bytes.subarray(0, putVarint(bytes, 0, value))
}

/** Seven bits a byte, lowest first; gives where the next byte goes. */
function putVarint(into: Uint8Array, at: number, value: number): number {
  let rest = value
  let end = at
  while (rest >= 0x80) {
    into[end] = (rest & 0x7f) | 0x80
    rest >>>= 7
    end += 1
  }
  into[end] = rest
  return end + 1
}

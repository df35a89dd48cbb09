import type { InsertColumn } from '../engine.ts'

/**
 * A column as the engine's binding takes it: an Arrow array in place.
 * @see Arrow's C data interface, "Data type description: format strings", and "Columnar format", "Variable-size binary layout"
 */
export interface ArrowColumn {
  readonly name: string
  readonly format: 'l' | 'L' | 'I' | 'g' | 'C' | 'z'
  readonly length: number
  readonly nullCount: 0
  /** The first would tell which values are absent: none. */
  readonly buffers: readonly (Buffer | null)[]
}

/** The column with its memory as it is; only lists of texts are copied. */
export function toArrowColumn(column: InsertColumn): ArrowColumn {
  switch (column.type) {
    case 'Int64':
      return ofNumbers(column, 'l')
    case 'UInt64':
      return ofNumbers(column, 'L')
    case 'UInt32':
      return ofNumbers(column, 'I')
    case 'Float64':
      return ofNumbers(column, 'g')
    case 'UInt8':
      return ofNumbers(column, 'C')
    case 'Bytes':
      return ofBytes(column.name, column.data, column.offsets)
    case 'String': {
      const texts = column.data.map((text) => Buffer.from(text))
      const offsets = new Int32Array(texts.length + 1)
      let end = 0
      for (const [index, { length }] of texts.entries()) {
        end += length
        offsets[index + 1] = end
      }
      return ofBytes(column.name, Buffer.concat(texts), offsets)
    }
  }
}

function ofNumbers(
  { name, data }: { readonly name: string; readonly data: NodeJS.TypedArray },
  format: ArrowColumn['format'],
): ArrowColumn {
  return { name, format, length: data.length, nullCount: 0, buffers: [null, bufferOf(data)] }
}

/** Arrow's `z` promises no encoding, unlike `u`; in the table both are a String. */
function ofBytes(name: string, bytes: Uint8Array, offsets: Int32Array): ArrowColumn {
  const buffers = [null, bufferOf(offsets), bufferOf(bytes)]
  return { name, format: 'z', length: offsets.length - 1, nullCount: 0, buffers }
}

function bufferOf({ buffer, byteOffset, byteLength }: NodeJS.TypedArray): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

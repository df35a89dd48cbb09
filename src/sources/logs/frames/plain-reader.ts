import type { LogEncoding } from '../../../component/log-config.ts'
import type { LineReader } from './line-splitter.ts'
import { emptyPart } from './part-joiner.ts'
import type { LineReaderOptions } from './raw-reader.ts'
import { byteOrderMarkSize, openConversion } from './text-conversion.ts'

/** Reads lines that carry nothing but text: their time is that of the reading. A byte order mark is left out. */
export function openPlainReader(
  { cursor, joiner }: LineReaderOptions,
  encoding: LogEncoding,
): LineReader {
  const part = emptyPart(0)
  const conversion = openConversion(encoding)

  function add(isLast: boolean, bytes: Buffer, range: readonly [number, number]): void {
    const [start, end] = range
    const isBegin = cursor.base + start === 0
    const mark = isBegin ? byteOrderMarkSize(bytes.subarray(start, end), encoding) : 0
    const textFrom = start + mark
    part.position = cursor.base + start
    part.fileBytes = end - start
    part.timeNs = cursor.readAtNs
    part.isLast = isLast
    part.bytes = bytes
    part.start = textFrom
    part.end = end
    if (conversion !== undefined) {
      part.bytes = conversion(bytes.subarray(textFrom, end), isLast)
      part.start = 0
      part.end = part.bytes.length
    }
    joiner.add(part)
  }

  return {
    line: (bytes, start, end) => add(true, bytes, [start, end]),
    part: (bytes, start, end) => add(false, bytes, [start, end]),
    lastPart: (bytes, start, end) => add(true, bytes, [start, end]),
  }
}

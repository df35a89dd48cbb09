import type { LogEncoding } from '../../../component/log-config.ts'

/** Makes UTF-8 of text that comes in parts, the last of a line told as such; what a part cuts is put together. */
export type Conversion = (bytes: Buffer, isLast: boolean) => Buffer

/** The way from an encoding to UTF-8; `undefined` where none is needed. What cannot be decoded becomes U+FFFD. */
export function openConversion(encoding: LogEncoding): Conversion | undefined {
  switch (encoding) {
    case 'utf-8':
      return undefined
    case 'latin-1':
      // `TextDecoder` takes this name for Windows' own set, which has other characters from 128 to 159.
      return (bytes) => Buffer.from(bytes.toString('latin1'))
    case 'utf-16-le':
      return openDecoder('utf-16le')
    case 'utf-16-be':
      return openDecoder('utf-16be')
    case 'shift-jis':
      return openDecoder('shift_jis')
  }
}

function openDecoder(label: string): Conversion {
  const decoder = new TextDecoder(label, { ignoreBOM: true })
  return (bytes, isLast) => Buffer.from(decoder.decode(bytes, { stream: !isLast }))
}

/** Bytes of the mark with which a file may begin. */
export function byteOrderMarkSize(bytes: Buffer, encoding: LogEncoding): number {
  const mark = marks[encoding]
  return mark !== undefined && bytes.subarray(0, mark.length).equals(mark) ? mark.length : 0
}

const marks: Partial<Record<LogEncoding, Buffer>> = {
  'utf-8': Buffer.of(0xef, 0xbb, 0xbf),
  'utf-16-le': Buffer.of(0xff, 0xfe),
  'utf-16-be': Buffer.of(0xfe, 0xff),
}

import type { LogRow } from '../../../src/api/contract/logs.ts'
import { sampleNowMs } from './samples.ts'

/** A line with nothing special about it but what `different` says; its number makes its id and its time. */
export function sampleLine(number: number, different: Partial<LogRow> = {}): LogRow {
  return {
    id: `line-${number}`,
    time: sampleNowMs + number,
    timeNanos: 0,
    host: 'a-host',
    containerId: 'a'.repeat(64),
    containerName: 'web',
    image: 'busybox:1.37',
    service: 'shop',
    source: 'busybox',
    level: 'info',
    stream: 'stdout',
    message: `message ${number}`,
    attributes: {},
    tags: [],
    ...different,
  }
}

/** Lines numbered from `first` to `last`. */
export function sampleLines(first: number, last: number): readonly LogRow[] {
  return Array.from({ length: last - first + 1 }, (_, index) => sampleLine(first + index))
}

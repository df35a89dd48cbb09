import type { LogBlock, LogOrigin } from '../../src/model/log-block.ts'
import { logLevels, logOutputs, type LogLevel, type LogOutput } from '../../src/model/log-level.ts'
import { BlockWriter } from '../../src/wire/logs/block-writer.ts'

/** A line to be stored. */
export interface SampleLine {
  readonly message: string | Uint8Array
  /** Unix nanoseconds. */
  readonly timeNs: bigint
  /** Of one container when absent. */
  readonly origin?: LogOrigin
  /** 1 when absent. */
  readonly fileId?: bigint
  /** The same as the place among the lines when absent. */
  readonly position?: number
  readonly level?: LogLevel
  readonly output?: LogOutput
  readonly attributes?: Readonly<Record<string, string>>
}

/** Where lines come from: a container with an id made of one digit. */
export function sampleOrigin(digit: string, change: Partial<LogOrigin> = {}): LogOrigin {
  return {
    host: 'debian-1',
    containerId: digit.repeat(64),
    containerName: `web-${digit}`,
    image: 'registry:5000/team/web:1.2',
    service: 'web',
    source: 'web',
    tags: ['env:prod', 'short_image:web'],
    ...change,
  }
}

const webOrigin = sampleOrigin('a')

/** Lines as the store takes them. */
export function sampleBlock(lines: readonly SampleLine[]): LogBlock {
  const writer = new BlockWriter({ messageBytes: 1024 * 1024, lines: 100_000 })
  for (const [index, line] of lines.entries()) {
    const bytes = Buffer.from(line.message)
    writer.begin(line.origin ?? webOrigin, line.fileId ?? 1n)
    writer.append(
      {
        bytes,
        start: 0,
        end: bytes.length,
        timeNs: line.timeNs,
        position: line.position ?? index,
        output: logOutputs.indexOf(line.output ?? 'stdout'),
      },
      logLevels.indexOf(line.level ?? 'info'),
      line.attributes === undefined ? '' : JSON.stringify(line.attributes),
    )
  }
  return writer.take()
}

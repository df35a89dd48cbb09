import { resolve } from 'node:path'
import type { Settings } from '../../config/settings.ts'
import type { CaptureProgress } from '../../sources/dogstatsd/answers/answer-capture.ts'
import { ControlClientError, askDoor, type DoorQuestion } from '../control-client.ts'
import { defineCommand, type CommandIo, type OptionValues } from '../command.ts'
import { configOption, loadSettings } from '../load-settings.ts'
import { readGoDuration } from '../read-go-duration.ts'
import { readSwitch } from '../read-switch.ts'
import { formatBytes } from '../text-table.ts'

const question = 'dogstatsd-capture'

/** `vigie dogstatsd-capture`: has the agent write the packets that it receives to a file. */
export const dogstatsdCapture = defineCommand({
  name: 'dogstatsd-capture',
  about: 'write the packets that DogStatsD receives to a file of the Datadog Agent’s own format',
  options: [
    configOption,
    {
      flags: '-d, --duration <time>',
      about: 'how long: 30s, 5m, 1h30m; 1m by default, 24h at most; Ctrl-C ends it early',
    },
    {
      flags: '-p, --path <folder>',
      about: 'folder that is there; by default dogstatsd_capture_path, else one in vigie.data_dir',
    },
    {
      flags: '-z, --compressed [yes]',
      about: 'compress with zstd, the default; -z=false does not',
    },
  ],
  async run(_args, options, io) {
    const settings = loadSettings(options, io)
    const parameters = toParameters(options, io)
    const leave = new AbortController()
    const endEarly = (): void => void askToEnd(settings, leave, io)
    io.signal.addEventListener('abort', endEarly, { once: true })
    try {
      const last = await follow(settings, { name: question, parameters, signal: leave.signal }, io)
      io.out(`Wrote ${describe(last)} to ${last.path}\n`)
      if (last.fault !== undefined) io.err(`warning: ${last.fault}\n`)
      return last.fault === undefined ? 0 : 1
    } finally {
      io.signal.removeEventListener('abort', endEarly)
    }
  },
})

function toParameters(options: OptionValues, io: CommandIo): Record<string, string> {
  const { path } = options
  const durationMs = readGoDuration(String(options['duration'] ?? '1m'))
  return {
    duration_ms: String(durationMs),
    compressed: String(readSwitch(options['compressed'] ?? true, '--compressed')),
    ...(typeof path === 'string' && { folder: resolve(io.cwd, path) }),
  }
}

/** @returns The last line, which tells of the whole file. */
async function follow(
  settings: Settings,
  asked: DoorQuestion,
  io: CommandIo,
): Promise<CaptureProgress> {
  let last: CaptureProgress | undefined
  try {
    for await (const line of askDoor<CaptureProgress>(settings, asked)) {
      const isFirst = last === undefined
      if (isFirst) io.err(`Capturing to ${line.path}, at most ${formatBytes(line.maxBytes)}\n`)
      last = line
      io.showProgress?.(`${describe(line)}, ${Math.ceil(line.leftMs / 1000)} s left`)
    }
  } finally {
    io.showProgress?.('')
  }
  if (last?.isOver === true) return last
  throw new ControlClientError('The agent ended before the capture did')
}

function describe({ packets, bytes }: CaptureProgress): string {
  return `${packets} ${packets === 1 ? 'packet' : 'packets'}, ${formatBytes(bytes)}`
}

/** The capture ends in the agent, which then tells of the file; one that has not begun is left alone. */
async function askToEnd(settings: Settings, leave: AbortController, io: CommandIo): Promise<void> {
  try {
    await Array.fromAsync(askDoor(settings, { name: question, parameters: { end: 'true' } }))
  } catch (error) {
    io.err(`warning: ${error instanceof Error ? error.message : String(error)}\n`)
    leave.abort()
  }
}

import type { Source } from '../../component/source.ts'
import type { Batch, Item } from '../../model/item.ts'
import { sources } from '../../sources/index.ts'
import { openLog } from '../../telemetry/log.ts'
import { createTelemetry } from '../../telemetry/telemetry.ts'
import { checkEngineSocket } from '../check-engine-socket.ts'
import { defineCommand, UsageError, type CommandIo } from '../command.ts'
import { configOption, loadSettings } from '../load-settings.ts'

/** Rates need two readings; the first one of a tick comes up to a second after the start. */
const defaultSeconds = 3

/** `vigie check <source>`: runs one source alone and prints what it gives, without sending anything. */
export const check = defineCommand({
  name: 'check',
  about: 'run one source for some seconds and print what it gives, without sending anything',
  arguments: [{ name: '<source>', about: Object.keys(sources).join(', ') }],
  options: [
    configOption,
    { flags: '--seconds <n>', about: `how long it runs (default ${defaultSeconds})` },
    { flags: '--json', about: 'print every item as one line of JSON' },
  ],
  async run([name = ''], options, io) {
    const seconds = readSeconds(options['seconds'])
    const settings = loadSettings(options, io)
    const { createEnvironment } = await import('../run-agent.ts')
    const source: Source<unknown> | undefined = Object.values(sources).find(
      (known) => known.name === name,
    )
    if (source === undefined) {
      throw new UsageError(`Cannot check "${name}": allowed are ${Object.keys(sources).join(', ')}`)
    }
    if (name === 'docker') checkEngineSocket(settings)
    const telemetry = createTelemetry(openLog(settings.logLevel, 'check'))
    const items: Item[] = []
    const limit = AbortSignal.any([io.signal, AbortSignal.timeout(seconds * 1000)])
    await source.run(settings.sources[name]?.config, {
      signal: limit,
      clock: Date.now,
      environment: await createEnvironment(settings),
      telemetry,
      emit: async (batch: Batch) => {
        items.push(...batch)
      },
    })
    if (options['json'] === true) io.out(items.map((item) => `${JSON.stringify(item)}\n`).join(''))
    else printSections(items, io)
    const report = telemetry.snapshot().sources.find((known) => known.name === name)
    if (report === undefined || report.message === '') return 0
    io.err(`${report.message}\n`)
    return 1
  },
})

function readSeconds(text: string | boolean | undefined): number {
  const seconds = text === undefined ? defaultSeconds : Number(text)
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= 3600) return seconds
  throw new UsageError(
    `Cannot run for "${String(text)}" seconds: allowed are whole numbers from 1 to 3600`,
  )
}

const sections = [
  ['Series', 'point'],
  ['Service Checks', 'service-check'],
  ['Events', 'event'],
  ['Containers', 'inventory'],
  ['Agent', 'agent-report'],
] as const

function printSections(items: readonly Item[], io: CommandIo): void {
  for (const [title, kind] of sections) {
    const ofKind = items.filter((item) => item.kind === kind)
    if (ofKind.length > 0)
      io.out(`=== ${title} ===\n${JSON.stringify(newestOnly(ofKind), null, 2)}\n`)
  }
}

/** Of each series only its newest point: a run of some seconds would otherwise print each figure several times. */
function newestOnly(items: readonly Item[]): readonly unknown[] {
  const newest = new Map<unknown, unknown>()
  for (const item of items) {
    if (item.kind !== 'point') newest.set(item, item)
    else newest.set(item.series, { ...item.series, value: item.value, timeMs: item.timeMs })
  }
  return [...newest.values()]
}

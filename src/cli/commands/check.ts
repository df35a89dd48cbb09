import { createContainerBoard } from '../../component/create-container-board.ts'
import { createContainerReadings } from '../../component/create-container-readings.ts'
import { createWatchedContainers } from '../../component/watched-containers.ts'
import { createTagger } from '../../component/create-tagger.ts'
import { noControl } from '../../component/no-control.ts'
import { noLogDelivery } from '../../component/no-log-delivery.ts'
import type { Source } from '../../component/source.ts'
import type { Settings } from '../../config/settings.ts'
import { sources } from '../../sources/index.ts'
import { openLog } from '../../telemetry/log.ts'
import { createTelemetry } from '../../telemetry/telemetry.ts'
import { toCheckDocument, type CheckDocument } from '../check-document.ts'
import { checkEngineSocket } from '../check-engine-socket.ts'
import { checkSource, type CheckPlan, type CheckResult } from '../check-source.ts'
import { defineCommand, UsageError, type OptionValues } from '../command.ts'
import { configOption, loadSettings } from '../load-settings.ts'

const defaultPauseMs = 1000
/** Beyond the pauses: for the engine to answer, or to be found silent. */
const patienceMs = 10_000

/** `vigie check <source>`: runs one source alone and prints what it gives, without sending anything. */
export const check = defineCommand({
  name: 'check',
  about: 'run one source once and print what it gives, without sending anything',
  arguments: [{ name: '<source>', about: Object.keys(sources).join(', ') }],
  options: [
    configOption,
    { flags: '-r, --rate', about: 'run it twice: rates need two readings' },
    { flags: '-t, --times <n>', about: 'run it so many times (default 1)' },
    {
      flags: '--pause <ms>',
      about: `time from one run to the next, in place of its interval (default ${defaultPauseMs})`,
    },
    { flags: '--json', about: 'print one JSON document' },
  ],
  async run([name = ''], options, io) {
    const plan = readPlan(options)
    const settings = loadSettings(options, io)
    const source = findSource(name)
    if (name === 'docker') checkEngineSocket(settings)
    const result = await runCheck(source, { settings, plan, signal: io.signal })
    const document = toCheckDocument(result, plan.times)
    if (options['json'] === true) io.out(`${JSON.stringify(document, null, 2)}\n`)
    else io.out(`${formatSections(document)}${await formatSummary(document, result)}`)
    io.err(listFaults(document, plan))
    return document.summary.status === 'OK' ? 0 : 1
  },
})

function readPlan(options: OptionValues): CheckPlan {
  const times = readWhole(options['times'], { flag: '--times', unit: '', from: 1, to: 3600 }) ?? 1
  const pauseMs =
    readWhole(options['pause'], { flag: '--pause', unit: ' ms', from: 50, to: 3_600_000 }) ??
    defaultPauseMs
  const wanted = options['rate'] === true ? Math.max(2, times) : times
  return { times: wanted, pauseMs, limitMs: wanted * pauseMs + patienceMs }
}

function readWhole(
  text: OptionValues[string],
  { flag, unit, from, to }: { flag: string; unit: string; from: number; to: number },
): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (Number.isInteger(value) && value >= from && value <= to) return value
  throw new UsageError(
    `Cannot use ${flag} ${String(text)}: allowed are whole numbers from ${from} to ${to}${unit}`,
  )
}

function findSource(name: string): Source<unknown> {
  const all: readonly Source<unknown>[] = Object.values(sources)
  const source = all.find((known) => known.name === name)
  if (source !== undefined) return source
  throw new UsageError(`Cannot check "${name}": allowed are ${Object.keys(sources).join(', ')}`)
}

async function runCheck(
  source: Source<unknown>,
  { settings, plan, signal }: { settings: Settings; plan: CheckPlan; signal: AbortSignal },
): Promise<CheckResult> {
  const { createEnvironment } = await import('../run-agent.ts')
  const context = {
    signal,
    stopWithinMs: settings.agent.stopMs,
    clock: Date.now,
    // A look at a source leaves alone what the agent beside it keeps.
    environment: { ...(await createEnvironment(settings)), stateDir: '' },
    telemetry: createTelemetry(openLog(settings.logLevel, 'check')),
    tagger: createTagger(),
    board: createContainerBoard(),
    readings: createContainerReadings(),
    watched: createWatchedContainers(Date.now),
    control: noControl,
    logDelivery: noLogDelivery,
    emit: async () => {},
  }
  return checkSource(source, settings.sources[source.name]?.config, { plan, context })
}

const sections = [
  ['Series', 'series'],
  ['Distributions', 'distributions'],
  ['Events', 'events'],
  ['Service Checks', 'serviceChecks'],
  ['Containers', 'containers'],
  ['Totals', 'totals'],
  ['Agent', 'agentReports'],
] as const satisfies readonly (readonly [string, keyof CheckDocument])[]

/** Each section is JSON with one entry a line, to be searched with grep. */
function formatSections(document: CheckDocument): string {
  return sections
    .filter(([, key]) => document[key].length > 0)
    .map(([title, key]) => {
      const lines = document[key].map((entry) => `  ${JSON.stringify(entry)}`)
      return `=== ${title} ===\n[\n${lines.join(',\n')}\n]\n\n`
    })
    .join('')
}

async function formatSummary({ summary }: CheckDocument, { report }: CheckResult): Promise<string> {
  const [{ describeSource }, { toSourceRow }] = await Promise.all([
    import('../describe-source.ts'),
    import('../../api/rows/source-row.ts'),
  ])
  const [, ...lines] = describeSource(toSourceRow(report), Date.now())
  return `=== Summary ===\n${[`${summary.source} [${summary.status}]`, ...lines].join('\n')}\n`
}

/** What went wrong, a line for each; empty when nothing did. */
function listFaults({ summary }: CheckDocument, plan: CheckPlan): string {
  const { source, fullRuns, wantedRuns, work } = summary
  const messages = [...(work?.errors.newest ?? []), ...(work?.warnings.newest ?? [])].map(
    ({ message }) => message,
  )
  if (fullRuns < wantedRuns) {
    const what = fullRuns === 0 ? 'nothing' : `something in only ${fullRuns} of ${wantedRuns} runs`
    messages.push(`The source ${source} gave ${what} within ${plan.limitMs / 1000} s`)
  }
  return messages.map((message) => `${message}\n`).join('')
}

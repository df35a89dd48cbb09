import { resolve } from 'node:path'
import type { CapturedPacket } from '../../wire/dogstatsd-capture/captured-packet.ts'
import type { Settings } from '../../config/settings.ts'
import { defineCommand, UsageError, type CommandIo, type OptionValues } from '../command.ts'
import { configOption, loadSettings } from '../load-settings.ts'
import type { PacketOutlet } from '../replay/open-outlet.ts'
import type { CaptureSummary } from '../replay/read-capture.ts'
import type { ReplayCount } from '../replay/replay-packets.ts'
import { formatBytes, formatSeconds } from '../text-table.ts'

/** What a person wants replayed. */
interface ReplayPlan {
  readonly path: string
  /** 0: until it is stopped. */
  readonly loops: number
  readonly isVerbose: boolean
}

const showEveryMs = 200

/** `vigie dogstatsd-replay`: sends the packets of a capture to the agent, as they came then. */
export const dogstatsdReplay = defineCommand({
  name: 'dogstatsd-replay',
  about: 'send the packets of a capture to DogStatsD, as far apart as they came',
  options: [
    configOption,
    { flags: '-f, --file <path>', about: 'a capture of ours or of the Datadog Agent' },
    { flags: '-l, --loops <n>', about: 'how often, 1 by default; 0 until it is stopped' },
    { flags: '-v, --verbose', about: 'tell of each packet' },
    {
      flags: '-m, --mmap [yes]',
      about: 'taken for the Datadog Agent’s sake: the file is read piece by piece in any case',
    },
  ],
  async run(_args, options, io) {
    const plan = readPlan(options, io)
    const settings = loadSettings(options, io)
    const { summariseCapture } = await import('../replay/read-capture.ts')
    const summary = await summariseCapture(plan.path)
    if (summary.isCut) io.err(`warning: ${plan.path} ends early; what is whole of it is sent\n`)
    await replay(plan, summary, { settings, io })
    return 0
  },
})

function readPlan(options: OptionValues, io: CommandIo): ReplayPlan {
  const { file, loops = '1' } = options
  if (typeof file !== 'string') throw new UsageError('Nothing to replay: name a file with --file')
  const count = Number(loops)
  if (!Number.isInteger(count) || count < 0) {
    throw new UsageError(`Cannot use --loops ${String(loops)}: allowed are whole numbers from 0`)
  }
  return { path: resolve(io.cwd, file), loops: count, isVerbose: options['verbose'] === true }
}

async function replay(
  plan: ReplayPlan,
  summary: CaptureSummary,
  { settings, io }: { readonly settings: Settings; readonly io: CommandIo },
): Promise<void> {
  const [{ openOutlet }, { replayPackets }, { readPackets }] = await Promise.all([
    import('../replay/open-outlet.ts'),
    import('../replay/replay-packets.ts'),
    import('../replay/read-capture.ts'),
  ])
  const outlet = openOutlet(settings.dogstatsd.listen)
  const done = new AbortController()
  const count: ReplayCount = { packets: 0, bytes: 0, tooLong: 0 }
  const startMs = performance.now()
  const warn = createWarning(summary, io)
  try {
    await lendOrigins(summary, outlet, { settings, warn, signal: done.signal })
    const onSent = createReport(plan, summary, { count, io })
    for (let loop = 0; isDue(loop, plan, summary) && !io.signal.aborted; loop += 1) {
      await replayPackets(readPackets(plan.path), { outlet, count, signal: io.signal, onSent })
    }
    if (outlet.anonymity !== undefined) warn(outlet.anonymity)
  } finally {
    done.abort()
    outlet.close()
    io.showProgress?.('')
  }
  const took = formatSeconds((performance.now() - startMs) / 1000)
  io.out(
    `Sent ${count.packets} packets, ${formatBytes(count.bytes)}, to ${outlet.name} in ${took}\n`,
  )
  if (count.tooLong > 0) io.err(`warning: ${count.tooLong} packets were too long to be sent\n`)
}

/** An empty capture that is to be sent for ever would only keep the processor busy. */
function isDue(loop: number, { loops }: ReplayPlan, { packets }: CaptureSummary): boolean {
  return packets > 0 && (loops === 0 || loop < loops)
}

/** Says once why packets do not have the tags of their containers, where it is known which these are. */
function createWarning({ state }: CaptureSummary, io: CommandIo): (reason: string) => void {
  let isSaid = state === undefined || state.containerIds.size === 0
  return (reason) => {
    if (isSaid) return
    isSaid = true
    io.err(`warning: packets do not get the tags of their containers: ${reason}\n`)
  }
}

/** Has the agent know the senders of the capture for as long as `signal` does not abort. */
async function lendOrigins(
  { state }: CaptureSummary,
  { anonymity }: PacketOutlet,
  { settings, ...lending }: Lending,
): Promise<void> {
  if (state === undefined || anonymity !== undefined) return
  const { tellOrigins } = await import('../replay/tell-origins.ts')
  const reason = await tellOrigins(settings, state, lending)
  if (reason !== undefined) lending.warn(reason)
}

interface Lending {
  readonly settings: Settings
  readonly signal: AbortSignal
  readonly warn: (reason: string) => void
}

function createReport(
  { loops, isVerbose }: ReplayPlan,
  summary: CaptureSummary,
  { count, io }: { readonly count: ReplayCount; readonly io: CommandIo },
): (packet: CapturedPacket) => void {
  const total = loops * summary.packets
  let shownMs = 0
  return ({ payload, pid }) => {
    if (isVerbose) io.out(`Sent ${payload.length} bytes of process ${pid}\n`)
    const nowMs = performance.now()
    if (io.showProgress === undefined || nowMs - shownMs < showEveryMs) return
    shownMs = nowMs
    const share = total === 0 ? '' : ` of ${total}, ${Math.floor((count.packets / total) * 100)} %`
    io.showProgress(`${count.packets}${share} packets, ${formatBytes(count.bytes)}`)
  }
}

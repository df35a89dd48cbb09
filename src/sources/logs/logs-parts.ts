import type { SourceContext } from '../../component/source.ts'
import type { Batch } from '../../model/item.ts'
import type { LogLedger } from '../../model/log-ledger.ts'
import type { ContainerBoard } from '../../component/container-board.ts'
import { createChoice } from './containers/choose-config.ts'
import { EngineLogs } from './containers/engine-logs.ts'
import { FileGroup } from './files/file-group.ts'
import { Settling } from './follow/settling.ts'
import { openApiFrames } from './frames/open-api-frames.ts'
import { judge, type Health } from './health.ts'
import { LedgerTeller } from './ledger-teller.ts'
import type { LogTools } from './log-tools.ts'
import { Ports } from './network/ports.ts'
import { openTools } from './open-tools.ts'
import { PodLogs } from './pods/pod-logs.ts'

/** Lists of tags that are kept for what is no container, or none any more. */
const maxOthers = 10_000
/**
 * How long what is read may take to be acknowledged when the source stops, in multiples of what a source may take: while lines
 * are under way it has the time of the sinks too. The rest is sent again after the next start.
 */
const answersShare = 1.4

/** All that one run of the source is made of. */
export class LogsParts {
  readonly #tools: LogTools
  readonly #answersWithinMs: number
  readonly #settling: Settling
  readonly #engine: EngineLogs
  readonly #pods: PodLogs
  readonly #groups: readonly FileGroup[]
  readonly #ports: Ports
  readonly #ledgers: LedgerTeller

  private constructor(context: SourceContext, tools: LogTools) {
    const { environment, telemetry, board } = context
    const { settings, gatherer, nowMs } = tools
    const choose = createChoice(settings, environment.containerRules)
    const settling = new Settling({
      timeoutMs: settings.aggregationTimeoutMs,
      nowMs,
      room: () => gatherer.room(),
    })
    this.#tools = tools
    this.#answersWithinMs = Math.round(context.stopWithinMs * answersShare)
    this.#settling = settling
    this.#engine = new EngineLogs({
      tools: { ...tools, openApiFrames, settling },
      environment,
      board,
      choose,
    })
    this.#pods = new PodLogs({
      tools,
      choose,
      isReadAsContainer: (id) => this.#engine.logs?.has(id) === true,
    })
    this.#groups = settings.configs
      .filter(({ kind }) => kind === 'file')
      .map((config) => new FileGroup(tools, config))
    this.#ports = new Ports({
      tools,
      settling,
      onDropped: () => telemetry.countDropped('logs.udp_no_room', 1),
    })
    this.#ledgers = new LedgerTeller(gatherer, createTagsOf(board))
  }

  /** Opens all parts; reading begins at once. */
  static async open(context: SourceContext): Promise<LogsParts> {
    const parts = new LogsParts(context, await openTools(context))
    void parts.#engine.start(context.signal)
    return parts
  }

  /** Once a second: what nobody tells of is looked at. @returns Ledgers and metrics that are to be told. */
  pass(timeMs: number): Batch {
    this.#engine.pass()
    this.#pods.pass()
    for (const group of this.#groups) group.pass()
    return this.#ledgers.take(timeMs)
  }

  health(): Health {
    const { follower, faults } = this.#tools
    const { logs } = this.#engine
    return judge({
      containers: logs?.logs() ?? [],
      tooOldCount: logs?.tooOldCount ?? 0,
      podFiles: this.#pods.size,
      otherFiles: this.#groups.reduce((sum, { size }) => sum + size, 0),
      openFiles: follower.openFiles(),
      ports: this.#ports.names,
      faults: faults.list(),
    })
  }

  /** Reads no more, then waits a moment for what is on its way. @returns The last ledgers. */
  async close(timeMs: number): Promise<readonly LogLedger[]> {
    const { follower, gatherer } = this.#tools
    this.#ports.stop()
    this.#engine.stop()
    this.#pods.stop()
    for (const group of this.#groups) group.stop()
    this.#settling.close()
    follower.close()
    await gatherer.close(AbortSignal.timeout(this.#answersWithinMs))
    return this.#ledgers.takeAll(timeMs)
  }
}

/** Tags for the metrics of a ledger, the same list as long as the container has the same. */
function createTagsOf(board: ContainerBoard): (ledger: LogLedger) => readonly string[] {
  const others = new Map<string, readonly string[]>()
  return ({ containerId, name }) => {
    const tags = board.find(containerId)?.tags ?? others.get(name)
    if (tags !== undefined) return tags
    const made = [`log:${name}`]
    if (others.size >= maxOthers) others.clear()
    others.set(name, made)
    return made
  }
}

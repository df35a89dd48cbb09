import type { CgroupLife } from '../../../cgroup/lifetime/cgroup-life.ts'
import { readExitCode, type EngineEvent } from '../../../docker/parse-event.ts'
import type { EngineContainer } from '../../../docker/parse-inspect.ts'
import type { ContainerTotals } from '../../../model/container-totals.ts'
import type { EventSubjects } from '../events/event-subjects.ts'
import type { Reading } from '../figures/reading.ts'
import { EndedRuns } from './ended-runs.ts'
import { findUnseenEnds, type Listing } from './find-unseen-ends.ts'
import { makeTotals } from './make-totals.ts'
import {
  isSameStart,
  openFromList,
  reopen,
  type EndedRun,
  type KeptRun,
  type OpenRun,
  type RunEnd,
} from './run.ts'
import { WaitingLives } from './waiting-lives.ts'

/** After a connection is made, its events are caught up for so long before the list says what was not seen. */
const catchUpMs = 3000
/** A life waits so long for the engine to tell the end of its run. */
const lifeWaitMs = 10_000
/** An engine that is lost was last heard so long ago, at most: two pings and the time one may take. */
const lastHeardMs = 15_000

export interface LedgerSettings {
  readonly host: string
  readonly subjects: Pick<EventSubjects, 'of'>
  /** The last regular reading of a container, as long as the table has it. */
  readonly lastReadingOf: (id: string) => Reading | undefined
  /** CPUs of the host. */
  readonly hostCpuCount: number
  readonly countDropped: (reason: string, count: number) => void
  /** Unix milliseconds. */
  readonly clock: () => number
  /** Monotonic milliseconds, those of a reading's `readAtMs`; default: the process's own. */
  readonly monotonic?: () => number
}

/** What another process has left: the runs it saw begin, and until when it saw all that ended. */
export interface LeftRuns {
  readonly runs: readonly KeptRun[]
  /** Unix milliseconds. */
  readonly seenUntilMs: number
}

/**
 * One total for each run of each container: joins what the engine says of a run's start and end with what was read of its
 * cgroup, whichever comes first. A half that is missing is waited for, some seconds.
 */
export class RunLedger {
  readonly #settings: LedgerSettings
  readonly #monotonic: () => number
  readonly #open = new Map<string, OpenRun>()
  readonly #ended: EndedRuns
  readonly #lives: WaitingLives
  #listing: (Listing & { readonly dueAtMs: number }) | undefined
  #isFollowing = false
  #seenUntilMs: number

  constructor(settings: LedgerSettings, left: LeftRuns) {
    this.#settings = settings
    this.#monotonic = settings.monotonic ?? (() => performance.now())
    this.#ended = new EndedRuns()
    this.#lives = new WaitingLives()
    this.#seenUntilMs = left.seenUntilMs
    for (const run of left.runs) this.#open.set(run.id, reopen(run))
  }

  /** Takes each of the engine's events, excluded containers' too. */
  onEvent(event: EngineEvent): void {
    const { action, containerId: id } = event
    const run = this.#open.get(id)
    if (run !== undefined) run.mention = event
    if (action === 'start') this.#start(event)
    else if (action === 'die') this.#die(event)
    else if (action === 'oom') this.onOomKill(id)
    else if (action === 'destroy' && run !== undefined)
      this.#end(run, { finishedAtMs: toMs(event), wasSeen: true })
  }

  /** Takes that a process of the container was killed because memory ran out. */
  onOomKill(id: string): void {
    const run = this.#open.get(id) ?? this.#ended.newestOf(id)
    if (run !== undefined) run.wasOomKilled = true
  }

  /** Takes what a cgroup used that has ended; each once, those of one container in their order. */
  onLife(life: CgroupLife): void {
    const isDropped = this.#lives.add(life, this.#monotonic() + lifeWaitMs)
    if (isDropped) this.#settings.countDropped('docker.lives_overflow', 1)
  }

  /** Takes the whole list, at the start and after each time the engine was away, before the events of that time. */
  onAll(containers: readonly EngineContainer[], unreadableIds: readonly string[]): void {
    this.#isFollowing = true
    for (const container of containers) this.#openListed(container)
    this.#listing = {
      containers,
      unreadableIds: new Set(unreadableIds),
      openThen: new Map(this.#open),
      listedAtMs: this.#settings.clock(),
      seenUntilMs: this.#seenUntilMs,
      dueAtMs: this.#monotonic() + catchUpMs,
    }
    this.#lives.extend(this.#monotonic() + lifeWaitMs)
  }

  /** Takes that the engine cannot be asked any more; each time it is found so. */
  onEngineLost(): void {
    if (this.#isFollowing) this.#seenUntilMs = this.#settings.clock() - lastHeardMs
    this.#isFollowing = false
    this.#listing = undefined
  }

  /** The totals that are ready; also those again of which more is known now. */
  take(): readonly ContainerTotals[] {
    const nowMs = this.#monotonic()
    this.#reconcile(nowMs)
    this.#pair()
    this.#endByLife(nowMs)
    return this.#tell(this.#ended.takeReady(nowMs))
  }

  /** All that have ended, with what is known of them: at the end. */
  takeAll(): readonly ContainerTotals[] {
    this.#reconcile(Infinity)
    this.#pair()
    this.#endByLife(Infinity)
    return this.#tell(this.#ended.takeReady(Infinity))
  }

  /** The runs that are not told yet, for the next process: those that go on, and those that wait for their life. */
  openRuns(): readonly KeptRun[] {
    return [...this.#ended.waiting(), ...this.#open.values()].map(
      ({ containerId, startedAtMs, isFromList, mention }) => {
        const { containerName: name, image } = mention
        return { id: containerId, startedAtMs, isFromList, name, image }
      },
    )
  }

  #start(event: EngineEvent): void {
    const startedAtMs = toMs(event)
    const before = this.#open.get(event.containerId)
    if (before?.isFromList === true && isStartOf(before, startedAtMs)) {
      before.startedAtMs = startedAtMs
      before.isFromList = false
      return
    }
    // The engine told no end of it, such as when it was stopped the hard way.
    if (before !== undefined) this.#end(before, { finishedAtMs: startedAtMs, wasSeen: false })
    this.#open.set(event.containerId, {
      containerId: event.containerId,
      startedAtMs,
      isFromList: false,
      noticedAtMs: this.#monotonic(),
      mention: event,
      wasOomKilled: false,
    })
  }

  #die(event: EngineEvent): void {
    const id = event.containerId
    const exitCode = readExitCode(event)
    const end = {
      finishedAtMs: toMs(event),
      wasSeen: true,
      ...(exitCode !== undefined && { exitCode }),
    }
    const run = this.#open.get(id) ?? this.#listedRun(id, end.finishedAtMs)
    if (run !== undefined) this.#end(run, end)
    else if (!this.#ended.complete(id, end))
      this.#settings.countDropped('docker.runs_without_start', 1)
  }

  /** One that had ended already when the list was made, and whose `die` is caught up now. */
  #listedRun(id: string, diedAtMs: number): OpenRun | undefined {
    const listed = this.#listing?.containers.find((container) => container.id === id)
    if (listed?.startedAtMs === undefined || listed.startedAtMs > diedAtMs) return undefined
    const isTold = this.#ended.hasStart(id, listed.startedAtMs) || this.#ended.hasEnd(id, diedAtMs)
    return isTold ? undefined : openFromList(listed, listed.startedAtMs)
  }

  #openListed(container: EngineContainer): void {
    const { id, startedAtMs, state } = container
    const isRunning = state === 'running' || state === 'paused'
    if (!isRunning || startedAtMs === undefined || this.#open.has(id)) return
    if (this.#ended.hasStart(id, startedAtMs)) return
    this.#open.set(id, openFromList(container, startedAtMs))
  }

  #end(run: OpenRun, end: RunEnd): void {
    const { containerId: id } = run
    if (this.#open.get(id) === run) this.#open.delete(id)
    const reading = this.#settings.lastReadingOf(id)
    const isOfThisRun = reading !== undefined && reading.sample.readAtMs >= run.noticedAtMs
    const ended: EndedRun = {
      ...run,
      ...end,
      endNoticedAtMs: this.#monotonic(),
      reading: isOfThisRun ? reading : undefined,
      life: undefined,
    }
    this.#ended.add(ended)
  }

  /** Once the events were caught up, the list tells which runs have ended unseen. */
  #reconcile(nowMs: number): void {
    const listing = this.#listing
    if (listing === undefined || nowMs < listing.dueAtMs) return
    this.#listing = undefined
    for (const { run, end, listedStartMs } of findUnseenEnds(listing, this.#open)) {
      const isKnown =
        listedStartMs !== undefined && this.#ended.complete(run.containerId, end, listedStartMs)
      if (!isKnown) this.#end(run, this.#sharpen(run, end))
    }
    for (const container of listing.containers) this.#openListed(container)
    this.#seenUntilMs = Math.max(this.#seenUntilMs, listing.listedAtMs)
  }

  /** A container that was gone when the list was made ended when its cgroup did. */
  #sharpen(run: OpenRun, end: RunEnd): RunEnd {
    if (end.exitCode !== undefined) return end
    const endedAtMs = this.#lives.endOf(run.containerId, run.startedAtMs)
    return endedAtMs === undefined || endedAtMs > end.finishedAtMs
      ? end
      : { ...end, finishedAtMs: endedAtMs }
  }

  /** Gives each life to its run. */
  #pair(): void {
    for (const id of this.#lives.ids()) {
      const runs = this.#ended.withoutLifeOf(id)
      if (runs.length === 0) continue
      const openSinceMs = this.#open.get(id)?.startedAtMs
      for (const [life, run] of this.#lives.pair(id, { runs, openSinceMs })) {
        run.life = life
        this.#ended.improve(run)
      }
    }
  }

  /** A life whose run the engine does not end, because it is away or slow, ends it. */
  #endByLife(nowMs: number): void {
    const mayStay = (id: string): boolean =>
      !this.#isFollowing && nowMs < Infinity && !this.#open.has(id)
    for (const life of this.#lives.takeDue(nowMs, mayStay)) {
      const run = this.#open.get(life.containerId)
      if (run === undefined || run.startedAtMs > life.endedAtMs + lifeWaitMs) {
        // One that nobody knows is of another engine on this machine.
        const isOurs = this.#settings.subjects.of(life.containerId) !== undefined
        if (isOurs) this.#settings.countDropped('docker.lives_without_run', 1)
        continue
      }
      this.#end(run, { finishedAtMs: life.endedAtMs, wasSeen: true })
      const ended = this.#ended.newestOf(life.containerId)
      if (ended !== undefined) {
        ended.life = life
        this.#ended.improve(ended)
      }
    }
  }

  #tell(ended: readonly EndedRun[]): readonly ContainerTotals[] {
    const { subjects, host, hostCpuCount } = this.#settings
    return ended.flatMap((run) => {
      const subject = subjects.of(run.containerId, run.mention)
      return subject === undefined ? [] : [makeTotals(run, subject, { host, hostCpuCount })]
    })
  }
}

function toMs({ timeNanos }: EngineEvent): number {
  return Number(timeNanos / 1_000_000n)
}

/** Whether a `start` told at `toldAtMs` is that of a run which only its container has told so far. */
function isStartOf(listed: OpenRun, toldAtMs: number): boolean {
  return isSameStart({ ...listed, startedAtMs: toldAtMs, isFromList: false }, listed.startedAtMs)
}

import { setTimeout as sleep } from 'node:timers/promises'
import { backOffMs } from '../../../component/back-off.ts'
import type { LogConfig } from '../../../component/log-config.ts'
import type { EngineClient } from '../../../docker/engine-client.ts'
import type { LogOrigin } from '../../../model/log-block.ts'
import type { ApiFrames, OpenApiFrames } from '../frames/frames.ts'
import {
  openCounted,
  openWay,
  untilRoom,
  type CountedAccount,
  type LogTools,
} from '../log-tools.ts'
import type { Settling } from '../follow/settling.ts'
import { makeLogsPath } from './logs-request.ts'
import type { Slots } from './slots.ts'

/** What all streams of one engine share. */
export interface ApiTools extends LogTools {
  readonly openApiFrames: OpenApiFrames
  readonly client: Pick<EngineClient, 'openBytes'>
  readonly slots: Slots
  readonly settling: Settling
}

export interface ApiLogOptions {
  readonly id: string
  readonly name: string
  readonly isTty: boolean
  readonly config: LogConfig
  readonly origin: LogOrigin
  readonly isRunning: boolean
}

const retry = { baseMs: 1000, maxMs: 30_000 }
/** The engine ends the stream of a container that has been removed; one that hangs is not waited for. */
const lastWordsMs = 5000

/** The pointer file's name of a stream, which is Datadog's. */
export function nameStream(id: string): string {
  return `docker:${id}`
}

/**
 * The lines of one container through the engine's API: as long as it runs, from where the pointer file says that reading
 * ended, or from the beginning of what the engine keeps. A stream that breaks is opened again where it broke.
 */
export class ApiLog {
  readonly #tools: ApiTools
  readonly #options: ApiLogOptions
  readonly #counted: CountedAccount
  readonly #frames: ApiFrames
  readonly #stop = new AbortController()
  readonly #done: Promise<void>
  #readBytes = 0
  #isRunning: boolean
  #isRemoved = false
  #wake: () => void = () => {}

  /** @throws {LogRuleError} When a rule of its configuration cannot be compiled. */
  constructor(tools: ApiTools, options: ApiLogOptions) {
    const { id, origin, isRunning } = options
    this.#tools = tools
    this.#options = options
    this.#isRunning = isRunning
    const name = nameStream(id)
    const at = tools.gatherer.keptOf(name)?.at
    const since = at !== undefined && 'since' in at ? at.since : ''
    this.#counted = openCounted(tools, {
      name,
      way: 'api',
      at: () => this.#frames?.resumeAt() ?? { since },
      standing: () => ({ readBytes: this.#readBytes, lostBytes: 0, rotations: 0 }),
    })
    this.#counted.account.setOrigin(origin)
    this.#frames = this.#openFrames(since)
    this.#done = this.#run()
  }

  /** What is now known of the container. */
  update({ origin, isRunning }: { readonly origin: LogOrigin; readonly isRunning: boolean }): void {
    this.#counted.account.setOrigin(origin)
    this.#isRunning = isRunning
    this.#wake()
  }

  /** The container has been removed: resolves once what the engine still gives has been read and acknowledged. */
  async finish(pointer: 'keep' | 'forget'): Promise<void> {
    this.#isRemoved = true
    this.#wake()
    const timer = setTimeout(() => this.#stop.abort(), lastWordsMs)
    await this.#done
    clearTimeout(timer)
    this.#tools.settling.forget(this.#frames)
    this.#frames.end()
    await this.#counted.account.close(pointer)
  }

  /** Reads no more; the rest is for the next start. */
  stop(): void {
    this.#tools.settling.forget(this.#frames)
    this.#stop.abort()
    this.#wake()
  }

  /** Reads no more, because it is not wanted any more. */
  async leave(): Promise<void> {
    this.stop()
    await this.#counted.account.close()
  }

  #openFrames(since: string): ApiFrames {
    const { openApiFrames, settings, nowMs, clock, faults } = this.#tools
    const { id, name, isTty, config } = this.#options
    const subject = { key: id, name: `Container ${name}` }
    return openApiFrames({
      isTty,
      since,
      maxMessageBytes: config.maxMessageBytes ?? settings.maxMessageBytes,
      nowMs,
      clock,
      to: openWay(this.#tools, { config, subject, ...this.#counted, to: this.#counted.account }),
      onDamage: (what) => faults.set(`${id} damage`, `${subject.name}: ${what}`),
    })
  }

  /** Until it is told to stop, or the container is gone. Never rejects. */
  async #run(): Promise<void> {
    const { faults } = this.#tools
    const { id, name } = this.#options
    const { signal } = this.#stop
    let failures = 0
    while (!signal.aborted) {
      try {
        if ((await this.#readOnce()) === 'gone') return
        failures = 0
        faults.clear(`${id} stream`)
        await this.#restarted()
        if (this.#isRemoved) return
      } catch (error) {
        if (signal.aborted || this.#isRemoved) return
        failures += 1
        const reason = error instanceof Error ? error.message : String(error)
        faults.set(`${id} stream`, `The logs of container ${name} cannot be read: ${reason}`)
        await this.#pause(backOffMs(failures, retry))
      }
    }
  }

  /** One stream to its end. @throws {EngineError} */
  async #readOnce(): Promise<'ended' | 'gone'> {
    const { client, slots } = this.#tools
    const { signal } = this.#stop
    const leave = await slots.take(signal)
    try {
      const path = makeLogsPath(this.#options.id, this.#frames.resumeAt().since)
      const chunks = await client.openBytes(path, signal)
      if (chunks === undefined) return 'gone'
      this.#frames.begin()
      for await (const bytes of chunks) await this.#take(bytes)
      return 'ended'
    } finally {
      leave()
    }
  }

  /** While there is no room for lines nothing is read, and the engine waits. */
  async #take(bytes: Uint8Array): Promise<void> {
    await untilRoom(this.#tools)
    if (this.#stop.signal.aborted) return
    this.#readBytes += bytes.length
    this.#frames.take(bytes)
    this.#tools.settling.note(this.#frames)
    this.#counted.account.noteProgress()
  }

  /** A stream ends with its container: resolves once that runs again, or is gone. */
  async #restarted(): Promise<void> {
    // The engine's word of the end may come a moment after it.
    await this.#pause(retry.baseMs)
    while (!this.#isRunning && !this.#isRemoved && !this.#stop.signal.aborted)
      await this.#nextChange()
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  /** As long as nothing changes. */
  async #pause(ms: number): Promise<void> {
    const over = new AbortController()
    const timer = sleep(ms, undefined, { signal: over.signal }).catch(() => {})
    await Promise.race([timer, this.#nextChange()])
    over.abort()
  }
}

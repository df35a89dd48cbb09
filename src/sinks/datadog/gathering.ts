import type { AgentReport } from '../../model/agent-report.ts'
import type { Event } from '../../model/event.ts'
import type { Batch, Item } from '../../model/item.ts'
import type { Point } from '../../model/series.ts'
import type { ServiceCheck } from '../../model/service-check.ts'
import type { Sketch } from '../../model/sketch.ts'
import type { Thinner } from '../thinning/thinner.ts'

/** What Datadog's intakes know. */
export interface Gathered {
  readonly points: readonly Point[]
  readonly sketches: readonly Sketch[]
  readonly events: readonly Event[]
  readonly checks: readonly ServiceCheck[]
}

/** Items that may wait for the next sending; then it comes at once. */
const mostWaiting = 10_000

/** Sorts what is collected, thins points, and keeps all until the next sending. */
export class Gathering {
  readonly #thinner: Thinner
  readonly #isSent: (metric: string) => boolean
  #sketches: Sketch[] = []
  #events: Event[] = []
  #checks: ServiceCheck[] = []
  #report: AgentReport | undefined

  constructor(thinner: Thinner, isSent: (metric: string) => boolean) {
    this.#thinner = thinner
    this.#isSent = isSent
  }

  /** What the agent said last of itself and its host. */
  get report(): AgentReport | undefined {
    return this.#report
  }

  /** Whether what needs not wait should be sent before its time. */
  get isFull(): boolean {
    const others = this.#sketches.length + this.#events.length + this.#checks.length
    return this.#thinner.readyCount + others >= mostWaiting
  }

  take(batch: Batch): void {
    for (const item of batch) {
      if (item.kind === 'point') this.#takePoint(item)
      else this.#takeOther(item)
    }
  }

  /** What is to be sent now, points of intervals that are over. */
  takeDue(nowMs: number): Gathered {
    return this.#takeWith(this.#thinner.takeDue(nowMs))
  }

  /** What needs not wait. */
  takeReady(): Gathered {
    return this.#takeWith(this.#thinner.takeReady())
  }

  /** All there is, at the end. */
  takeAll(): Gathered {
    return this.#takeWith(this.#thinner.takeAll())
  }

  #takePoint(point: Point): void {
    // What is no number would spoil the whole body.
    if (!Number.isFinite(point.value) || !this.#isSent(point.series.metric)) return
    this.#thinner.take(point)
  }

  /** Containers, their totals and ledgers of logs are between us and our own server. */
  #takeOther(item: Exclude<Item, Point>): void {
    if (item.kind === 'event') this.#events.push(item)
    else if (item.kind === 'service-check') this.#checks.push(item)
    else if (item.kind === 'agent-report') this.#report = item
    else if (item.kind === 'sketch' && this.#isSent(item.series.metric)) this.#sketches.push(item)
  }

  #takeWith(points: readonly Point[]): Gathered {
    const gathered = {
      points,
      sketches: this.#sketches,
      events: this.#events,
      checks: this.#checks,
    }
    this.#sketches = []
    this.#events = []
    this.#checks = []
    return gathered
  }
}

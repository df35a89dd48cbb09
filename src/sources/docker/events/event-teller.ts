import type { EngineEvent } from '../../../docker/parse-event.ts'
import type { Event } from '../../../model/event.ts'
import { EventBundle } from './event-bundle.ts'
import { routeEvent, type EventOptions } from './event-routes.ts'
import type { EventSubjects } from './event-subjects.ts'
import { makeSingleEvent } from './single-event.ts'

/** Single events, and images with a bundle, that are kept between two runs; what comes beyond is dropped and counted. */
export const maxKeptEvents = 1000
/** A bundle of nothing but probes and the like gathers for so long. */
const chatterMs = 15_000

export interface TellerSettings {
  readonly host: string
  readonly options: EventOptions
  readonly subjects: EventSubjects
  readonly countDropped: (reason: string, count: number) => void
  /** Unix milliseconds. */
  readonly clock: () => number
}

/** Turns what the engine tells into events: bundled by image, or one by one, as the options say. */
export class EventTeller {
  readonly #settings: TellerSettings
  #singles: EngineEvent[] = []
  #bundles = new Map<string, EventBundle>()

  constructor(settings: TellerSettings) {
    this.#settings = settings
  }

  /** Takes one of the engine's events; it comes out of `take` if the options want it and its container is watched. */
  keep(event: EngineEvent): void {
    const { options, subjects } = this.#settings
    const route = routeEvent(event.action, options)
    if (route === 'none') return
    if (!subjects.has(event.containerId, event)) return
    if (route === 'single') this.#keepSingle(event)
    else this.#bundle(this.#imageOf(event))?.add(event)
  }

  /** What is to be told now. Probes and the like wait until there is more to tell, at most 15 s. */
  take(timeMs: number): readonly Event[] {
    return this.#take(({ isChatter, sinceMs }) => isChatter && isWithin(sinceMs, timeMs))
  }

  /** Everything that is left, at the end. */
  takeAll(): readonly Event[] {
    return this.#take(() => false)
  }

  #keepSingle(event: EngineEvent): void {
    if (this.#singles.length < maxKeptEvents) this.#singles.push(event)
    else this.#settings.countDropped('docker.events_overflow', 1)
  }

  /** As the event calls it; one that it knows by its id only, as the table calls it. */
  #imageOf(event: EngineEvent): string {
    const { image, containerId } = event
    if (image !== '' && !image.startsWith('sha256:')) return image
    return this.#settings.subjects.of(containerId, event)?.image ?? image
  }

  #bundle(image: string): EventBundle | undefined {
    const known = this.#bundles.get(image)
    if (known !== undefined) return known
    if (this.#bundles.size >= maxKeptEvents) {
      this.#settings.countDropped('docker.events_overflow', 1)
      return undefined
    }
    const bundle = new EventBundle(image, this.#settings.clock())
    this.#bundles.set(image, bundle)
    return bundle
  }

  #take(mayWait: (bundle: EventBundle) => boolean): readonly Event[] {
    const { host, subjects } = this.#settings
    const singles = this.#singles.flatMap((event) => {
      const subject = subjects.of(event.containerId, event)
      return subject === undefined ? [] : [makeSingleEvent(event, subject, host)]
    })
    this.#singles = []
    const ready = [...this.#bundles.values()].filter((bundle) => !mayWait(bundle))
    for (const { image } of ready) this.#bundles.delete(image)
    const bundled = ready.map((bundle) =>
      bundle.toEvent({ host, tagsOf: (id, mention) => subjects.of(id, mention)?.tags ?? [] }),
    )
    return [...singles, ...bundled]
  }
}

/** A clock that was set does not make it wait longer. */
function isWithin(sinceMs: number, timeMs: number): boolean {
  return Math.abs(timeMs - sinceMs) < chatterMs
}

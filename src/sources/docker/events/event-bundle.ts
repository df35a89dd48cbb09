import type { EngineEvent } from '../../../docker/parse-event.ts'
import type { Event } from '../../../model/event.ts'
import { severityOf } from './event-severity.ts'
import type { Mention } from './event-subjects.ts'

/** Events of a bundle that have a line of their own; the others are only counted. */
const maxLines = 200
/** Containers whose tags a bundle carries. */
const maxContainers = 200

/** Actions that say nothing of the container's state and can come by the hundred. */
const chatter: ReadonlySet<string> = new Set([
  'exec_create',
  'exec_detach',
  'exec_die',
  'exec_start',
  'top',
])

/** What the containers of one image did: any number of events in bounded memory. */
export class EventBundle {
  readonly image: string
  /** When its first event came, in the caller's milliseconds. */
  readonly sinceMs: number
  readonly #counts = new Map<string, number>()
  readonly #lines: string[] = []
  readonly #containers = new Map<string, Mention>()
  #newestNanos = 0n
  #total = 0
  #isChatter = true

  constructor(image: string, sinceMs: number) {
    this.image = image
    this.sinceMs = sinceMs
  }

  /** Whether nothing but probes and the like is in it, which can wait. */
  get isChatter(): boolean {
    return this.#isChatter
  }

  add(event: EngineEvent): void {
    const { action, containerId, containerName, timeNanos } = event
    this.#total += 1
    this.#counts.set(action, (this.#counts.get(action) ?? 0) + 1)
    if (this.#lines.length < maxLines) this.#lines.push(`${action.toUpperCase()}\t${containerName}`)
    if (this.#containers.has(containerId) || this.#containers.size < maxContainers)
      this.#containers.set(containerId, event)
    if (timeNanos > this.#newestNanos) this.#newestNanos = timeNanos
    if (!chatter.has(action)) this.#isChatter = false
  }

  /**
   * @param tagsOf Tags of a container; empty when it is not known any more.
   * @see docs/reference/events.md for title, text and severity
   */
  toEvent({ host, tagsOf }: { host: string; tagsOf: TagsOf }): Event {
    const summary = [...this.#counts].map(([action, count]) => `${count} ${action}`).join(' ')
    const title = `${this.image} ${summary} on ${host}`
    const left = this.#total - this.#lines.length
    const lines = left > 0 ? [...this.#lines, `and ${left} more`] : this.#lines
    const tags = new Set([...this.#containers].flatMap(([id, mention]) => tagsOf(id, mention)))
    return {
      kind: 'event',
      title,
      text: `%%%\n${title}\n\`\`\`\n${lines.join('\n')}\n\`\`\`\n%%%`,
      timeMs: Number(this.#newestNanos / 1_000_000n),
      alertType: severityOf(this.#counts.keys()),
      priority: 'normal',
      aggregationKey: `docker:${this.image}`,
      source: 'docker',
      host,
      tags: [...tags],
    }
  }
}

type TagsOf = (id: string, mention: Mention) => readonly string[]

import { Document, isCollection, isScalar } from 'yaml'
import type { Judge } from './create-judge.ts'

/** A line of the old configuration that has no place in the new one. */
export interface Dropped {
  /** `/etc/dd-agent/datadog.conf:12`. */
  readonly place: string
  /** What the line sets; never its value, which may be a secret. */
  readonly name: string
  /** Why, and what to do where there is something to do. */
  readonly reason: string
}

/** A line of the old configuration. */
export interface Origin {
  readonly place: string
  readonly name: string
}

interface Drafted {
  readonly path: readonly string[]
  readonly value: unknown
  readonly origin: Origin
}

/** The new configuration while it is being put together. */
export class Draft {
  readonly #settings = new Map<string, Drafted>()
  readonly #dropped: Dropped[] = []
  readonly #judge: Judge

  constructor(judge: Judge) {
    this.#judge = judge
  }

  /** Sets `path` of `datadog.yaml`; a value that does not fit there is dropped. */
  set(path: readonly string[], value: unknown, origin: Origin): void {
    if (!this.takes(path, value, origin)) return
    this.#settings.set(path.join('.'), { path, value, origin })
  }

  drop(origin: Origin, reason: string): void {
    this.#dropped.push({ place: origin.place, name: origin.name, reason })
  }

  /** Whether a value fits the setting at `path`; one that does not is dropped. */
  takes(path: readonly string[], value: unknown, origin: Origin): boolean {
    const reason = this.#judge(path, value)
    if (reason !== undefined) this.drop(origin, reason)
    return reason === undefined
  }

  get count(): number {
    return this.#settings.size
  }

  /** By file and line. */
  get dropped(): readonly Dropped[] {
    const { compare } = new Intl.Collator('en', { numeric: true })
    return this.#dropped.toSorted((a, b) => compare(a.place, b.place))
  }

  /** `datadog.yaml`, each value with the line that it came from. */
  print(): string {
    const document = new Document({})
    document.commentBefore = ' Imported from the configuration of Agent 5.'
    for (const { path, value, origin } of this.#settings.values()) {
      const node = document.createNode(value)
      if (isCollection(node)) node.flow = true
      if (isCollection(node) || isScalar(node)) node.comment = ` ${origin.place}`
      document.setIn(path, node)
    }
    return document.toString({ lineWidth: 0 })
  }
}

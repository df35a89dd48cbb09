import { labelQuestionLimits, type LabelQuestion, type LabelValues } from '../labels.ts'

/** The value of a container's label; null when it has none, undefined when that is not known yet. */
export type LabelOf = (containerId: string, label: string) => string | null | undefined

/** What a book needs from its surroundings. */
export interface LabelBookOptions {
  readonly ask: (question: LabelQuestion) => Promise<LabelValues>
  /** Called when something is known that was not, or cannot be known for now. */
  readonly onNews: () => void
}

/** Containers that begin one after the other are asked for together. */
const restMs = 1000
const restAfterFailureMs = 5000
/** An answer that takes longer is not waited for. */
const patienceMs = 1000
/** So many containers that are gone are remembered, beside as many as there are. */
const spareContainers = 1000

/** Labels of the containers that somebody looks at. No list tells them: they are asked for, and never change. */
export class LabelBook {
  readonly #options: LabelBookOptions
  /** By label, then by container. */
  readonly #known = new Map<string, Map<string, string | null>>()
  readonly #settled = new Set<string>()
  readonly #rest = createTimer()
  readonly #patience = createTimer()
  #wanted: ReadonlySet<string> = new Set()
  #isAsking = false
  #problem: unknown

  constructor(options: LabelBookOptions) {
    this.#options = options
  }

  readonly labelOf: LabelOf = (id, label) => this.#known.get(label)?.get(id)

  /** Whether all there is to know of a label is known, or has been waited for long enough. */
  isSettled(label: string): boolean {
    return this.#settled.has(label)
  }

  /** Why the last question was not answered. */
  problem(): unknown {
    return this.#problem
  }

  /** What is wanted from now on: asks for what is not known of it, and forgets other labels. */
  want(labels: readonly string[], containerIds: Iterable<string>): void {
    this.#wanted = new Set(containerIds)
    for (const label of this.#known.keys()) {
      if (labels.includes(label)) continue
      this.#known.delete(label)
      this.#settled.delete(label)
    }
    const isNew = labels.some((label) => !this.#known.has(label))
    for (const label of labels) this.#known.set(label, this.#known.get(label) ?? new Map())
    for (const ofLabel of this.#known.values()) forgetGone(ofLabel, this.#wanted)
    if (isNew || !this.#rest.isRunning()) this.#ask()
  }

  /** Asks for nothing any more, until something is wanted again; what is known stays. */
  close(): void {
    this.#wanted = new Set()
    this.#rest.cancel()
    this.#patience.cancel()
  }

  #ask(): void {
    const question = missing(this.#known, this.#wanted)
    if (this.#isAsking || question === undefined) return
    this.#isAsking = true
    this.#rest.cancel()
    this.#patience.start(patienceMs, () => this.#settle())
    void this.#options
      .ask(question)
      .then(
        (answer) => this.#take(question, answer),
        (error: unknown) => {
          this.#problem = error
        },
      )
      .then(() => this.#goOn())
  }

  #take({ labels, containers }: LabelQuestion, { values }: LabelValues): void {
    this.#problem = undefined
    for (const [place, label] of labels.entries()) {
      const ofLabel = this.#known.get(label)
      for (const [n, id] of containers.entries()) ofLabel?.set(id, values[place]?.[n] ?? null)
    }
  }

  /** What one question was too small for is asked for at once, what comes up now a little later. */
  #goOn(): void {
    this.#isAsking = false
    if (this.#wanted.size === 0) return
    const isWell = this.#problem === undefined
    const isUnsettled = [...this.#known.keys()].some((label) => !this.#settled.has(label))
    if (isWell && isUnsettled && missing(this.#known, this.#wanted) !== undefined) {
      this.#ask()
      return
    }
    this.#patience.cancel()
    this.#rest.start(isWell ? restMs : restAfterFailureMs, () => this.#ask())
    this.#settle()
  }

  #settle(): void {
    for (const label of this.#known.keys()) this.#settled.add(label)
    this.#options.onNews()
  }
}

/** One question about what is not known of the containers; undefined when all is. */
function missing(
  known: ReadonlyMap<string, ReadonlyMap<string, string | null>>,
  wanted: ReadonlySet<string>,
): LabelQuestion | undefined {
  for (const first of known.values()) {
    const containers = [...wanted]
      .filter((id) => !first.has(id))
      .slice(0, labelQuestionLimits.containers)
    if (containers.length === 0) continue
    const labels = [...known]
      .filter(([, ofLabel]) => containers.some((id) => !ofLabel.has(id)))
      .slice(0, labelQuestionLimits.labels)
    return { labels: labels.map(([label]) => label), containers }
  }
  return undefined
}

function forgetGone(ofLabel: Map<string, unknown>, wanted: ReadonlySet<string>): void {
  if (ofLabel.size <= 2 * wanted.size + spareContainers) return
  for (const id of ofLabel.keys()) if (!wanted.has(id)) ofLabel.delete(id)
}

interface Timer {
  readonly start: (ms: number, callback: () => void) => void
  readonly cancel: () => void
  readonly isRunning: () => boolean
}

/** Runs for one callback at a time. */
function createTimer(): Timer {
  let running: ReturnType<typeof setTimeout> | undefined
  function cancel(): void {
    clearTimeout(running)
    running = undefined
  }
  return {
    start(ms, callback) {
      cancel()
      running = setTimeout(() => {
        running = undefined
        callback()
      }, ms)
    },
    cancel,
    isRunning: () => running !== undefined,
  }
}

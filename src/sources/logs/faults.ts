import type { Log } from '../../telemetry/log.ts'

/** What is wrong at present, by what it is about; logged once each time that it is new. */
export class Faults {
  readonly #log: Pick<Log, 'warn' | 'info'>
  readonly #messages = new Map<string, string>()

  constructor(log: Pick<Log, 'warn' | 'info'>) {
    this.#log = log
  }

  /**
   * @param subject Whatever the fault is about, such as a container's id; it has one fault at a time.
   * @param message One sentence: what cannot be done, what was seen, what to do.
   */
  set(subject: string, message: string): void {
    if (this.#messages.get(subject) === message) return
    this.#messages.set(subject, message)
    this.#log.warn(message)
  }

  clear(subject: string): void {
    this.#messages.delete(subject)
  }

  /** All that was said of the subject and, after a blank, of a part of it. */
  clearAll(subject: string): void {
    for (const key of this.#messages.keys())
      if (key === subject || key.startsWith(`${subject} `)) this.#messages.delete(key)
  }

  /** The first that came first. */
  list(): readonly string[] {
    return [...new Set(this.#messages.values())]
  }
}

import type { Session } from 'chdb'

/** Opens one more connection to the engine of this process. */
export type OpenSession = () => Session

/**
 * One connection to the embedded engine, made ready by `setUp` and opened anew after each failed statement: what a
 * failed one had already put out comes back in front of the next answer of the same connection.
 * @see store/embedded/engine-session.test.ts, "an answer never starts with leftovers"
 */
export class EngineSession {
  readonly #open: OpenSession
  readonly #setUp: readonly string[]
  #session: Session | undefined

  constructor(open: OpenSession, setUp: readonly string[]) {
    this.#open = open
    this.#setUp = setUp
  }

  /**
   * Runs statements one after the other and returns what the last one put out.
   * @throws {Error} The engine's, with its `Code: …` text.
   */
  async run(statements: readonly string[]): Promise<Uint8Array> {
    return this.use(async (session) => {
      let output = new Uint8Array()
      for (const statement of statements) {
        // The engine's buffer is its own memory and goes with its result: keep a copy.
        output = new Uint8Array((await session.queryAsync(statement)).bytes())
      }
      return output
    })
  }

  /** Gives `deed` the bare connection; when it throws, the connection is not used again. */
  async use<Result>(deed: (session: Session) => Promise<Result>): Promise<Result> {
    try {
      return await deed(await this.#ready())
    } catch (error) {
      this.close()
      throw error
    }
  }

  /** Lets go of the connection; the next statement opens another. */
  close(): void {
    this.#session?.close()
    this.#session = undefined
  }

  async #ready(): Promise<Session> {
    if (this.#session !== undefined) return this.#session
    const session = this.#open()
    this.#session = session
    for (const statement of this.#setUp) await session.queryAsync(statement)
    return session
  }
}

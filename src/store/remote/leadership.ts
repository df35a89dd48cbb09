import { randomUUID } from 'node:crypto'
import type { Log } from '../../telemetry/log.ts'
import type { StoreEngine } from '../engine.ts'

/** Which of the servers on the same tables does what only one has to do: rolling up, trimming logs. */
export interface Leadership {
  /**
   * Whether it is this one, as far as is known now. For a few seconds after a server has joined or left, two may hold it of
   * themselves, or none: what they do has to bear that.
   */
  readonly isLeader: () => boolean
  /** Stops telling the others of this server. */
  readonly close: () => Promise<void>
}

export interface LeadershipOptions {
  readonly log?: Log | undefined
  /** How often this server tells the others that it is there, 10 s unless told otherwise. */
  readonly everyMs?: number
}

/** A server that was not heard of for so many of its beats is gone. */
const missedBeats = 3

/**
 * Tells the other servers on the same tables of this one, in a table of theirs, and goes by it: the one with the smallest
 * id leads. A server whose store belongs to it alone always leads.
 * @throws {Error} The engine's, when it does not take the table or the first beat.
 */
export async function openLeadership(
  engine: Pick<StoreEngine, 'write' | 'isShared'>,
  { log, everyMs = 10_000 }: LeadershipOptions = {},
): Promise<Leadership> {
  if (!engine.isShared) return { isLeader: () => true, close: () => Promise.resolve() }
  await engine.write.command({ query: heartbeatTable })
  const beats = new Heartbeats(engine.write, missedBeats * everyMs)
  await beats.beat()
  let running: Promise<void> | undefined
  const timer = setInterval(() => {
    running ??= beats
      .beat()
      .catch((error: unknown) =>
        log?.warn(`cannot tell the other servers of this one: ${String(error)}`),
      )
      .finally(() => {
        running = undefined
      })
  }, everyMs)
  timer.unref()
  return {
    isLeader: () => beats.isLeader,
    close: async () => {
      clearInterval(timer)
      await running
      await beats.leave()
    },
  }
}

const heartbeatTable = `
CREATE TABLE IF NOT EXISTS vigie.server_heartbeats (
  id String,
  beat DateTime64(3, 'UTC'),
  is_there Bool
) ENGINE = ReplacingMergeTree(beat)
ORDER BY id
TTL toDateTime(beat) + INTERVAL 1 DAY`

class Heartbeats {
  readonly #write: StoreEngine['write']
  readonly #goneAfterMs: number
  readonly #id = randomUUID()
  #leaderUntilMs = Number.NEGATIVE_INFINITY

  constructor(write: StoreEngine['write'], goneAfterMs: number) {
    this.#write = write
    this.#goneAfterMs = goneAfterMs
  }

  /** Also false when its beats have not got through for so long that the others count it as gone. */
  get isLeader(): boolean {
    return performance.now() < this.#leaderUntilMs
  }

  /** All times are the engine's own: clocks of servers do not matter. */
  async beat(): Promise<void> {
    const beatAtMs = performance.now()
    await this.#tell(true)
    const answer = await this.#write.query({
      query: `SELECT min(id) AS first FROM (
        SELECT id, argMax(is_there, beat) AS is_there, max(beat) AS newest FROM vigie.server_heartbeats GROUP BY id
      ) WHERE is_there AND newest > now64(3) - toIntervalMillisecond({gone:UInt32})`,
      query_params: { gone: this.#goneAfterMs },
      format: 'JSONEachRow',
    })
    const [row] = await answer.json<{ first: string }>()
    this.#leaderUntilMs =
      row?.first === this.#id ? beatAtMs + this.#goneAfterMs : Number.NEGATIVE_INFINITY
  }

  /** The next one need not wait until this one counts as gone. An engine that is away learns of it in that way. */
  async leave(): Promise<void> {
    this.#leaderUntilMs = Number.NEGATIVE_INFINITY
    await this.#tell(false).catch(() => undefined)
  }

  async #tell(isThere: boolean): Promise<void> {
    await this.#write.command({
      query: `INSERT INTO vigie.server_heartbeats SELECT {id:String}, now64(3), {there:Bool}`,
      query_params: { id: this.#id, there: isThere },
    })
  }
}

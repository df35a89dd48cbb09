import type { LogOrigin } from '../../model/log-block.ts'
import type { ReadClient } from '../scope/read-client.ts'

const maxKept = 10_000
const unknownOrigin: LogOrigin = {
  host: '',
  containerId: '',
  containerName: '',
  image: '',
  service: '',
  source: '',
  tags: [],
}

interface OriginRow {
  readonly id: string
  readonly host: string
  readonly container_id: string
  readonly container_name: string
  readonly image: string
  readonly service: string
  readonly source: string
  readonly tags: readonly string[]
}

/** Where lines come from, by the id that lines carry. An origin never changes, so what was read once is kept. */
export class OriginTable {
  readonly #client: ReadClient
  readonly #kept = new Map<bigint, LogOrigin>()

  constructor(client: ReadClient) {
    this.#client = client
  }

  /** The origins with these ids; all fields are empty for one that the store no longer has. */
  async find(ids: Iterable<bigint>): Promise<ReadonlyMap<bigint, LogOrigin>> {
    const found = new Map<bigint, LogOrigin>()
    for (const id of ids) found.set(id, this.#kept.get(id) ?? unknownOrigin)
    const missing = [...found.keys()].filter((id) => !this.#kept.has(id))
    if (missing.length === 0) return found
    if (this.#kept.size + missing.length > maxKept) this.#kept.clear()
    for (const [id, origin] of await this.#read(missing)) {
      found.set(id, origin)
      this.#kept.set(id, origin)
    }
    return found
  }

  async #read(ids: readonly bigint[]): Promise<ReadonlyMap<bigint, LogOrigin>> {
    const answer = await this.#client.query({
      query: `SELECT id, host, container_id, container_name, image, service, source, tags
        FROM vigie.log_origins WHERE id IN (SELECT arrayJoin(arrayMap(id -> toUInt64(id), {ids:Array(String)})))
        LIMIT 1 BY id`,
      query_params: { ids: ids.map(String) },
      format: 'JSONEachRow',
    })
    const rows = await answer.json<OriginRow>()
    return new Map(rows.map((row) => [BigInt(row.id), toOrigin(row)]))
  }
}

function toOrigin(row: OriginRow): LogOrigin {
  return {
    host: row.host,
    containerId: row.container_id,
    containerName: row.container_name,
    image: row.image,
    service: row.service,
    source: row.source,
    tags: row.tags,
  }
}

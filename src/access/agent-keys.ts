import type { KeyGate } from '../http/gate.ts'
import { HttpError } from '../http/http-error.ts'
import { maxRecords, type KeyRecord, type KeysState } from './access-state.ts'
import type { Actor, AuditLog } from './audit-log.ts'
import { LastUsed } from './last-used.ts'
import { checkLabel } from './names.ts'
import { openFixedKeys } from './open-fixed-keys.ts'
import { endOf, hashSecret, makeId, makeKey } from './secrets.ts'
import type { StateFile } from './state-file.ts'
import { createIndex } from './state-index.ts'

/** An API key of agents, as it is listed. */
export interface AgentKey {
  readonly id: string
  readonly name: string
  /** The last five characters. */
  readonly end: string
  /** Absent for keys that were not made here: the server's first one, that of the configuration. They cannot be revoked here. */
  readonly made?: { readonly atMs: number; readonly by: string }
  readonly lastUsedAtMs?: number
}

/** The API keys of agents. What changes counts with the next request. */
export interface AgentKeys extends KeyGate {
  readonly list: () => readonly AgentKey[]
  /** @throws {HttpError} 400 for a name that will not do, 409 when there are too many. */
  readonly create: (name: string, by: Actor) => Promise<{ row: AgentKey; key: string }>
  /** @throws {HttpError} 404 for an unknown id, 403 for a key that cannot be revoked. */
  readonly revoke: (id: string, by: Actor) => Promise<void>
  /** Writes down when keys were used last. */
  readonly flush: () => Promise<void>
}

export interface AgentKeysOptions {
  readonly file: StateFile<KeysState>
  /** Keys that were not made here, by their names. */
  readonly fixed: Readonly<Record<string, string | undefined>>
  readonly audit: AuditLog
  readonly clock: () => number
}

/** Opens the keys. Only their hashes are kept; the server's first one is `<data>/api_key`, as it is, for the agent beside it. */
export function openAgentKeys({ file, fixed, audit, clock }: AgentKeysOptions): AgentKeys {
  const fixedGate = openFixedKeys(fixed)
  const used = new LastUsed()
  const find = createIndex(
    file,
    ({ keys }) => keys,
    ({ hash }) => hash,
  )

  function toRow({ id, name, end, createdAtMs, createdBy, lastUsedAtMs }: KeyRecord): AgentKey {
    const lastMs = used.of(id, lastUsedAtMs)
    const made = { atMs: createdAtMs, by: createdBy }
    return { id, name, end, made, ...(lastMs !== undefined && { lastUsedAtMs: lastMs }) }
  }
  function listFixed(): readonly AgentKey[] {
    return Object.entries(fixed).flatMap(([name, key]) => {
      const lastMs = used.of(name, undefined)
      const row = { id: name, name, ...(lastMs !== undefined && { lastUsedAtMs: lastMs }) }
      return key === undefined ? [] : [{ ...row, end: endOf(key) }]
    })
  }
  return {
    holderOf(shown) {
      const fixedName = fixedGate.holderOf(shown)
      const made = fixedName === undefined ? find(hashSecret(shown)) : undefined
      const id = fixedName ?? made?.id
      if (id !== undefined) used.mark(id, clock())
      return fixedName ?? made?.name
    },
    list: () => [...listFixed(), ...file.state().keys.map(toRow)],
    async create(label, by) {
      const name = checkLabel(label, 'key')
      const key = makeKey()
      const made = { id: makeId(), name, hash: hashSecret(key), end: endOf(key) }
      const record = { ...made, createdAtMs: clock(), createdBy: by.name }
      await file.change((state) => ({ state: addKey(state, record), result: undefined }))
      await audit.write({ action: 'key-created', by, subject: `${name} (${made.id})` })
      return { row: toRow(record), key }
    },
    async revoke(id, by) {
      if (fixed[id] !== undefined) throw cannotRevoke(id)
      const { name } = await file.change((state) => removeKey(state, id))
      await audit.write({ action: 'key-revoked', by, subject: `${name} (${id})` })
    },
    flush: () =>
      file.change((state) => {
        const keys = used.merge(state.keys, ({ id }) => id)
        used.keepOnly(new Set([...Object.keys(fixed), ...keys.map(({ id }) => id)]))
        return { state: keys === state.keys ? state : { ...state, keys }, result: undefined }
      }),
  }
}

function addKey(state: KeysState, record: KeyRecord): KeysState {
  if (state.keys.length >= maxRecords.keys) {
    throw new HttpError(
      409,
      `Cannot make another key: there are ${maxRecords.keys}; revoke those that are not used`,
    )
  }
  return { ...state, keys: [...state.keys, record] }
}

function removeKey(state: KeysState, id: string): { state: KeysState; result: KeyRecord } {
  const found = state.keys.find((key) => key.id === id)
  if (found === undefined) {
    throw new HttpError(
      404,
      `Cannot revoke the key "${id.slice(0, 50)}": there is none with this id; "vigie key list" shows all`,
    )
  }
  return { state: { ...state, keys: state.keys.filter((key) => key !== found) }, result: found }
}

function cannotRevoke(name: string): HttpError {
  return new HttpError(
    403,
    `Cannot revoke the key "${name}": it was not made here; delete the file api_key in the data folder, or take the key out of the configuration, and start the server again`,
  )
}

import { ByteWriter, lengthDelimited } from '../protobuf/byte-writer.ts'
import { ProtoReader, wireTypes } from '../protobuf/proto-reader.ts'

/** A container of a capture, with its tags as they were then. */
export interface CapturedContainer {
  readonly id: string
  /** Tags of each cardinality, without those of the lower ones. */
  readonly tags: {
    readonly low: readonly string[]
    readonly orchestrator: readonly string[]
    readonly high: readonly string[]
  }
}

/** What an agent knew of the senders of the packets, at the end of a capture. */
export interface CaptureState {
  /** Container by process. */
  readonly containerIds: ReadonlyMap<number, string>
  readonly containers: readonly CapturedContainer[]
  /** How long the capture was to take; 0 where that is not told. */
  readonly durationMs: number
}

/** Fields of `TaggerState`, `Entity`, `EntityId` and of an entry of a map. @see DataDog/datadog-agent, pkg/proto/datadog/model/v1/model.proto */
const stateFields = { entities: 1, processes: 2, duration: 3 } as const
const entityFields = { id: 1, high: 3, orchestrator: 4, low: 5 } as const
const idFields = { prefix: 1, uid: 2 } as const
const entryFields = { key: 1, value: 2 } as const

const containerPrefix = 'container_id'
const processPrefix = `${containerPrefix}://`

/** The message as it stands at the end of a capture, without what is before and behind it. */
export function encodeState({ containerIds, containers, durationMs }: CaptureState): Buffer {
  const state = new ByteWriter()
  for (const container of containers) {
    const entry = new ByteWriter()
    entry.text(entryFields.key, container.id)
    writeMessage(entry, entryFields.value, encodeEntity(container))
    writeMessage(state, stateFields.entities, entry.take())
  }
  for (const [pid, containerId] of containerIds) {
    const entry = new ByteWriter()
    writeNumber(entry, entryFields.key, pid)
    entry.text(entryFields.value, processPrefix + containerId)
    writeMessage(state, stateFields.processes, entry.take())
  }
  writeNumber(state, stateFields.duration, durationMs)
  return state.take()
}

/**
 * Reads what `encodeState` and the Datadog Agent write. Entities that are no containers are left out.
 * @throws {WireError}
 */
export function decodeState(bytes: Uint8Array): CaptureState {
  const reader = new ProtoReader(bytes, 'the containers of a capture')
  const containerIds = new Map<number, string>()
  const containers: CapturedContainer[] = []
  let durationMs = 0
  for (const { field, wireType, end } of fieldsOf(reader, bytes.length)) {
    if (wireType === wireTypes.varint && field === stateFields.duration) {
      durationMs = reader.int64(bytes.length)
    } else if (end === undefined) {
      reader.skip(wireType, bytes.length)
    } else if (field === stateFields.entities) {
      const container = readEntityEntry(reader, end)
      if (container !== undefined) containers.push(container)
    } else if (field === stateFields.processes) {
      const [pid, entity] = readProcessEntry(reader, end)
      if (entity.startsWith(processPrefix)) {
        containerIds.set(pid, entity.slice(processPrefix.length))
      }
    }
  }
  return { containerIds, containers, durationMs }
}

function encodeEntity({ id, tags }: CapturedContainer): Buffer {
  const entity = new ByteWriter()
  const entityId = new ByteWriter()
  entityId.text(idFields.prefix, containerPrefix)
  entityId.text(idFields.uid, id)
  writeMessage(entity, entityFields.id, entityId.take())
  for (const cardinality of ['high', 'orchestrator', 'low'] as const) {
    for (const tag of tags[cardinality]) entity.text(entityFields[cardinality], tag)
  }
  return entity.take()
}

function writeMessage(writer: ByteWriter, field: number, message: Buffer): void {
  writer.varint((field << 3) | lengthDelimited)
  writer.varint(message.length)
  writer.bytes(message)
}

function writeNumber(writer: ByteWriter, field: number, value: number): void {
  writer.varint(field << 3)
  writer.varint(value)
}

interface Field {
  readonly field: number
  readonly wireType: number
  /** Where the value ends; absent for a number. */
  readonly end?: number
}

/** The fields up to `end`; behind one with an end the reader goes on there, whatever was read of it. */
function* fieldsOf(reader: ProtoReader, end: number): Generator<Field> {
  while (reader.at < end) {
    const tag = reader.uint32(end)
    const [field, wireType] = [tag >>> 3, tag & 7]
    if (wireType === wireTypes.bytes) {
      const stop = reader.endOfBytes(end)
      yield { field, wireType, end: stop }
      reader.at = stop
    } else {
      yield { field, wireType }
    }
  }
}

function readProcessEntry(reader: ProtoReader, end: number): readonly [number, string] {
  let pid = 0
  let entity = ''
  for (const { field, wireType, end: stop } of fieldsOf(reader, end)) {
    if (stop !== undefined) {
      if (field === entryFields.value) entity = reader.textUpTo(stop)
    } else if (wireType === wireTypes.varint && field === entryFields.key) {
      pid = reader.int64(end) | 0
    } else {
      reader.skip(wireType, end)
    }
  }
  return [pid, entity]
}

/** The entity tells its own id, so that the key is not needed. */
function readEntityEntry(reader: ProtoReader, end: number): CapturedContainer | undefined {
  let container: CapturedContainer | undefined
  for (const { field, wireType, end: stop } of fieldsOf(reader, end)) {
    if (stop === undefined) reader.skip(wireType, end)
    else if (field === entryFields.value) container = readEntity(reader, stop)
  }
  return container
}

function readEntity(reader: ProtoReader, end: number): CapturedContainer | undefined {
  const tags = { low: [] as string[], orchestrator: [] as string[], high: [] as string[] }
  let id: string | undefined
  for (const { field, wireType, end: stop } of fieldsOf(reader, end)) {
    if (stop === undefined) reader.skip(wireType, end)
    else if (field === entityFields.id) id = readContainerId(reader, stop)
    else if (field === entityFields.high) tags.high.push(reader.textUpTo(stop))
    else if (field === entityFields.orchestrator) tags.orchestrator.push(reader.textUpTo(stop))
    else if (field === entityFields.low) tags.low.push(reader.textUpTo(stop))
  }
  return id === undefined ? undefined : { id, tags }
}

function readContainerId(reader: ProtoReader, end: number): string | undefined {
  let prefix = ''
  let uid = ''
  for (const { field, wireType, end: stop } of fieldsOf(reader, end)) {
    if (stop === undefined) reader.skip(wireType, end)
    else if (field === idFields.prefix) prefix = reader.textUpTo(stop)
    else if (field === idFields.uid) uid = reader.textUpTo(stop)
  }
  return prefix === containerPrefix ? uid : undefined
}

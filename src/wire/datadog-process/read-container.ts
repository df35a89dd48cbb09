import { fieldTag } from '../datadog-series/decode-series.ts'
import { wireTypes, type ProtoReader } from '../protobuf/proto-reader.ts'
import type { ToldContainer } from './told-container.ts'

type Address = ToldContainer['addresses'][number]
type Writable<T> = { -readonly [Name in keyof T]: T[Name] }

const cpuLimitTag = fieldTag(5, wireTypes.fixed32)
const tagsTag = fieldTag(26, wireTypes.bytes)
const addressesTag = fieldTag(27, wireTypes.bytes)

const textNames = namesByTag(wireTypes.bytes, [
  ['type', 1],
  ['id', 2],
  ['name', 3],
  ['image', 4],
])
const numberNames = namesByTag(wireTypes.varint, [
  ['memoryLimit', 6],
  ['state', 8],
  ['health', 9],
  ['created', 10],
  ['started', 24],
])

/**
 * Reads a `Container` from the reader's position to `end`. Its figures are left aside: they come as series.
 * @throws {WireError} When the bytes are none.
 */
export function readContainer(reader: ProtoReader, end: number): ToldContainer {
  const tags: string[] = []
  const addresses: Address[] = []
  const container: Writable<ToldContainer> = {
    type: '',
    id: '',
    name: '',
    image: '',
    cpuLimit: 0,
    memoryLimit: 0,
    state: 0,
    health: 0,
    created: 0,
    started: 0,
    tags,
    addresses,
  }
  while (reader.at < end) {
    const tag = reader.uint32(end)
    const textName = textNames.get(tag)
    const numberName = numberNames.get(tag)
    if (textName !== undefined) container[textName] = reader.text(end)
    else if (numberName !== undefined) container[numberName] = reader.int64(end)
    else if (tag === cpuLimitTag) container.cpuLimit = reader.float(end)
    else if (tag === tagsTag) {
      reader.takeItem()
      tags.push(reader.text(end))
    } else if (tag === addressesTag) {
      reader.takeItem()
      addresses.push(readAddress(reader, reader.endOfBytes(end)))
    } else reader.skip(tag & 7, end)
  }
  return container
}

function readAddress(reader: ProtoReader, end: number): Address {
  const address = { ip: '', port: 0, protocol: 0 }
  while (reader.at < end) {
    const tag = reader.uint32(end)
    if (tag === fieldTag(1, wireTypes.bytes)) address.ip = reader.text(end)
    else if (tag === fieldTag(2, wireTypes.varint)) address.port = reader.int64(end)
    else if (tag === fieldTag(3, wireTypes.varint)) address.protocol = reader.int64(end)
    else reader.skip(tag & 7, end)
  }
  return address
}

function namesByTag<const Name extends string>(
  wireType: number,
  fields: readonly (readonly [Name, number])[],
): ReadonlyMap<number, Name> {
  return new Map(fields.map(([name, field]) => [fieldTag(field, wireType), name]))
}

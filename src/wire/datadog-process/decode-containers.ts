import type { Container } from '../../model/container.ts'
import { fieldTag } from '../datadog-series/decode-series.ts'
import { ProtoReader, wireTypes } from '../protobuf/proto-reader.ts'
import { decodeJsonContainers } from './decode-json-containers.ts'
import { messageTypes, type ProcessMessage } from './message-frame.ts'
import { readContainer } from './read-container.ts'
import { toContainer, type RawContainers, type ToldContainer } from './told-container.ts'

/** The containers of one host, or some of them: a long list comes in several messages. */
export interface ToldContainers {
  readonly host: string
  /** The same in all messages of one list. */
  readonly groupId: number
  /** How many messages the list has. */
  readonly groupSize: number
  readonly containers: readonly Container[]
}

/** An agent puts 100 into a message, and 10,000 at most. */
const maxContainers = 10_000

/** The same contents stand in other fields in the two messages that carry containers. */
const fieldsOf = {
  [messageTypes.container]: { hostName: 1, containers: 3, groupId: 4, groupSize: 5 },
  [messageTypes.process]: { hostName: 2, containers: 10, groupId: 6, groupSize: 7 },
} as const

/**
 * Reads the containers of a `CollectorContainer`, or of a `CollectorProc`, which has them beside the processes.
 * `undefined` for every other message.
 * @throws {WireError} When the content is not that message, or has more than 10,000 containers.
 * @see `proto/process/agent.proto` of Datadog's agent-payload
 */
export function decodeContainers(message: ProcessMessage): ToldContainers | undefined {
  const { type, format, body } = message
  if (type !== messageTypes.container && type !== messageTypes.process) return undefined
  if (format === 'unreadable') return undefined
  const raw = format === 'json' ? decodeJsonContainers(body) : decodeProtobuf(body, type)
  const { hostName: host, groupId, groupSize } = raw
  return { host, groupId, groupSize, containers: raw.containers.map(toContainer) }
}

function decodeProtobuf(body: Buffer, type: keyof typeof fieldsOf): RawContainers {
  const fields = fieldsOf[type]
  const reader = new ProtoReader(body, 'the protobuf message of containers')
  const end = body.length
  const containers: ToldContainer[] = []
  const raw = { hostName: '', groupId: 0, groupSize: 0, containers }
  while (reader.at < end) {
    const tag = reader.uint32(end)
    switch (tag) {
      case fieldTag(fields.hostName, wireTypes.bytes):
        raw.hostName = reader.text(end)
        break
      case fieldTag(fields.groupId, wireTypes.varint):
        raw.groupId = reader.int64(end)
        break
      case fieldTag(fields.groupSize, wireTypes.varint):
        raw.groupSize = reader.int64(end)
        break
      case fieldTag(fields.containers, wireTypes.bytes):
        containers.push(readContainer(reader, reader.endOfBytes(end)))
        if (containers.length > maxContainers) {
          throw reader.fault(`there are more than ${maxContainers} containers`)
        }
        break
      default:
        reader.skip(tag & 7, end)
    }
  }
  return raw
}

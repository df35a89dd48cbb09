import { lengthDelimited, varint } from './encode-metric-payload.ts'

/** A container for a test's message; what is absent is left out of the bytes. */
export interface SampleTold {
  readonly type?: string
  readonly id: string
  readonly name?: string
  readonly image?: string
  readonly cpuLimit?: number
  readonly memoryLimit?: number
  readonly state?: number
  readonly health?: number
  readonly created?: number
  readonly started?: number
  readonly tags?: readonly string[]
  readonly addresses?: readonly { ip: string; port: number; protocol?: number }[]
}

/** What is said beside the containers. */
export interface SampleList {
  readonly host?: string
  readonly groupId?: number
  readonly groupSize?: number
}

/** The frame of version 3 around a message. */
export function frame(type: number, encoding: number, content: Buffer | string): Buffer {
  const header = Buffer.alloc(16)
  header.set([3, encoding, type])
  header.writeBigInt64LE(1_790_000_000n, 8)
  return Buffer.concat([header, Buffer.from(content)])
}

/** A `CollectorContainer`, by the rules of protobuf and independently of `src/wire`: fields of AP:process/agent.proto. */
export function encodeCollectorContainer(
  containers: readonly SampleTold[],
  { host = 'dd-1', groupId = 7, groupSize = 1 }: SampleList = {},
): Buffer {
  return Buffer.concat([
    lengthDelimited(1, host),
    lengthDelimited(2, lengthDelimited(1, 'uuid of the machine')),
    ...containers.map((one) => lengthDelimited(3, encodeContainer(one))),
    number(4, groupId),
    number(5, groupSize),
  ])
}

/** A `CollectorProc` with one process. */
export function encodeCollectorProc(
  containers: readonly SampleTold[],
  { host = 'dd-1', groupId = 7, groupSize = 1 }: SampleList = {},
): Buffer {
  return Buffer.concat([
    lengthDelimited(2, host),
    lengthDelimited(3, Buffer.concat([number(2, 1), lengthDelimited(14, 'c')])),
    number(6, groupId),
    number(7, groupSize),
    ...containers.map((one) => lengthDelimited(10, encodeContainer(one))),
  ])
}

function encodeContainer(one: SampleTold): Buffer {
  const cpuLimit = Buffer.alloc(4)
  cpuLimit.writeFloatLE(one.cpuLimit ?? 0)
  return Buffer.concat([
    ...(one.type === undefined ? [] : [lengthDelimited(1, one.type)]),
    lengthDelimited(2, one.id),
    ...(one.name === undefined ? [] : [lengthDelimited(3, one.name)]),
    ...(one.image === undefined ? [] : [lengthDelimited(4, one.image)]),
    ...(one.cpuLimit === undefined ? [] : [Buffer.from([(5 << 3) | 5]), cpuLimit]),
    ...optional(6, one.memoryLimit),
    ...optional(8, one.state),
    ...optional(9, one.health),
    ...optional(10, one.created),
    // Figures, which are not read: a float and a count.
    Buffer.from([...varint((20 << 3) | 5), 0, 0, 0x80, 0x3f]),
    number(21, 4096),
    ...optional(24, one.started),
    ...(one.tags ?? []).map((tag) => lengthDelimited(26, tag)),
    ...(one.addresses ?? []).map(({ ip, port, protocol }) =>
      lengthDelimited(
        27,
        Buffer.concat([lengthDelimited(1, ip), number(2, port), ...optional(3, protocol)]),
      ),
    ),
    lengthDelimited(35, 'web@sha256:00'),
  ])
}

function optional(field: number, value: number | undefined): Buffer[] {
  return value === undefined ? [] : [number(field, value)]
}

function number(field: number, value: number): Buffer {
  return Buffer.from([...varint(field << 3), ...varint(value)])
}

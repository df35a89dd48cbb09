import { z } from 'zod'
import { listOf } from '../json-lists.ts'
import { parseJson } from '../parse-json.ts'
import { wireHealths, wireProtocols, wireStates, type RawContainers } from './told-container.ts'

/** Protobuf's JSON has numbers of 64 bits as text. */
const count = z.coerce.number().nonnegative().catch(0)
const text = z.string().default('')

/** Protobuf's JSON has the name of an enum's value, or its number. */
function placeIn(names: readonly string[]): z.ZodType<number> {
  return z
    .union([z.number().int(), z.string().transform((name) => Math.max(0, names.indexOf(name)))])
    .default(0)
}

const container = z.object({
  type: text,
  id: text,
  name: text,
  image: text,
  cpuLimit: count,
  memoryLimit: count,
  state: placeIn(wireStates),
  health: placeIn(wireHealths),
  created: count,
  started: count,
  tags: listOf(z.string()).default([]),
  addresses: z
    .array(z.object({ ip: text, port: count, protocol: placeIn(wireProtocols) }))
    .default([]),
})

const body = z.object({
  hostName: text,
  groupId: count,
  groupSize: count,
  containers: listOf(container, 10_000).default([]),
}) satisfies z.ZodType<RawContainers>

/**
 * Reads containers in protobuf's JSON, which is the same for both messages that carry them.
 * @throws {WireError} Naming the first place that does not fit.
 */
export function decodeJsonContainers(bytes: Uint8Array): RawContainers {
  return parseJson(bytes, body, 'the containers')
}

import { zstdCompressSync } from 'node:zlib'
import { lengthDelimited } from '../server/encode-metric-payload.ts'
import { frame } from '../server/encode-process-message.ts'
import { mediaTypeOf } from './compression-bombs.ts'
import { makeRequest, type HostileRequest, type Outcome, type Target } from './hostile-request.ts'

/** Bytes that no message begins with. */
const broken: Readonly<Record<string, () => Buffer>> = {
  'a length of 4 GiB': () => Buffer.of(0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f),
  'a length of 64 bits': () => Buffer.of(0x0a, ...Array.from({ length: 9 }, () => 0xff), 1),
  'a length past its end': () => Buffer.of(0x0a, 0x7f, 0x12, 0x01, 0x61),
  'a length without an end': () => Buffer.alloc(100, 0x8a),
  'a number of 77 bits': () => Buffer.of(0x08, ...Array.from({ length: 11 }, () => 0xff), 1),
  'a tag of 64 bits': () => Buffer.of(...Array.from({ length: 9 }, () => 0xff), 1, 0),
  'a group that nobody ends': () => Buffer.alloc(100_000, 0x0b),
  'an end of a group': () => Buffer.of(0x0c),
  'a wire type that there is not': () => Buffer.of(0x0e, 0),
  'a double that is cut off': () => Buffer.of(0x79, 0, 0),
  'a message in a message whose length lies': () => Buffer.of(0x0a, 0x02, 0x12, 0x7f),
  'ones only': () => Buffer.alloc(10_000, 0xff),
  JSON: () => Buffer.from('{"series":[]}'),
  HTML: () => Buffer.from('<html>'),
}

/** Two bytes for each of 20 million messages; hardly anything on the wire. */
const empties = new Map<number, Buffer>()
function manyEmpty(tag: number): Buffer {
  const known = empties.get(tag)
  if (known !== undefined) return known
  const pair = Buffer.alloc(40_000_000)
  for (let at = 0; at < pair.length; at += 2) pair[at] = tag
  const made = zstdCompressSync(pair)
  empties.set(tag, made)
  return made
}

/** Routes of which nothing is kept throw bodies away as they are. */
function isKept(path: string): boolean {
  return !path.startsWith('/api/intake/') && !/^\/api\/(v1\/sketches|vigie\/v1\/logs)$/.test(path)
}

/** Broken messages on every route that reads protobuf. */
export function brokenProtobuf(target: Target): HostileRequest[] {
  const { intake } = target
  const routes = intake.filter((path) => /\/(v2\/series|sketches|write|push|v1\/metrics|v1\/logs|v1\/traces)$/.test(path) && isKept(path)) // prettier-ignore
  const framed = intake.filter((path) => /\/api\/v1\/(container|collector)$/.test(path))
  return [
    ...routes.flatMap((path) =>
      Object.entries(broken).map(([name, bytes]) => post(target, { path, name, bytes })),
    ),
    ...framed.flatMap((path) =>
      Object.entries(broken)
        .slice(0, 8)
        .map(([name, bytes]) => post(target, { path, name, bytes: () => frame(39, 0, bytes()) })),
    ),
    ...framed.flatMap((path) =>
      frames.map(({ name, bytes }) => post(target, { path, name, bytes })),
    ),
    ...lies.map((lie) => post(target, lie)),
    ...swarms.map(({ path, name, tag, mediaType }) =>
      post(target, {
        path,
        name: `20 million ${name}`,
        bytes: () => manyEmpty(tag),
        encoding: 'zstd',
        mediaType,
      }),
    ),
    ...blocks.map(({ name, bytes }) => post(target, { path: '/api/vigie/v1/logs', name, bytes })),
  ]
}

interface BrokenBody {
  readonly path: string
  readonly name: string
  readonly bytes: () => Buffer
  readonly encoding?: string | undefined
  readonly mediaType?: string | undefined
  readonly outcomes?: readonly Outcome[]
}

function post(
  { key }: Target,
  { path, name, bytes, encoding, mediaType, outcomes }: BrokenBody,
): HostileRequest {
  const isOtlp = path.startsWith('/v1/')
  return {
    name: `${path}: ${name}`,
    bytes: () =>
      makeRequest({
        method: 'POST',
        path,
        headers: [
          ['DD-API-KEY', key],
          ['Content-Type', mediaType ?? (isOtlp ? 'application/x-protobuf' : mediaTypeOf(path))],
          ...(encoding === undefined ? [] : [['Content-Encoding', encoding] as const]),
        ],
        body: bytes(),
      }),
    outcomes: outcomes ?? [400, 413],
  }
}

const writeV2 = 'application/x-protobuf;proto=io.prometheus.write.v2.Request'

/** Messages without anything in them, by the tag of their field. */
const swarms: readonly { readonly path: string; readonly name: string; readonly tag: number; readonly mediaType?: string }[] = [
  { path: '/api/v2/series', name: 'series without a name', tag: 0x0a },
  { path: '/api/beta/sketches', name: 'distributions without a name', tag: 0x0a },
  { path: '/api/v1/write', name: 'series without labels', tag: 0x0a },
  { path: '/api/v1/write', name: 'metadata of no metric', tag: 0x1a },
  { path: '/api/v1/push', name: 'symbols without a letter', tag: 0x22, mediaType: writeV2 },
  { path: '/api/v1/push', name: 'series without labels in version 2', tag: 0x2a, mediaType: writeV2 },
  { path: '/v1/metrics', name: 'resources without metrics', tag: 0x0a },
  { path: '/v1/logs', name: 'resources without logs', tag: 0x0a },
  { path: '/v1/traces', name: 'resources without spans', tag: 0x0a },
  { path: '/api/v2/logs', name: 'lines of text', tag: 0x0a, mediaType: 'text/plain' },
] // prettier-ignore

/** A series with so many points that hold nothing. */
function emptyPoints(name: string, field: number, count: number): Buffer {
  const points = Buffer.alloc(count * 2)
  for (let at = 0; at < points.length; at += 2) points[at] = (field << 3) | 2
  const nameField = field >= 3 ? lengthDelimited(2, name) : lengthDelimited(1, Buffer.concat([lengthDelimited(1, '__name__'), lengthDelimited(2, name)])) // prettier-ignore
  return zstdCompressSync(lengthDelimited(1, Buffer.concat([nameField, points])))
}

function nestedValue(depth: number): Buffer {
  let value: Buffer = Buffer.of(0x10, 1)
  for (let at = 0; at < depth; at++) value = lengthDelimited(5, lengthDelimited(1, value))
  return value
}

/** What only one route would fall for. */
const lies: readonly BrokenBody[] = [
  { path: '/api/v2/series', name: '15 million points in a series', encoding: 'zstd', bytes: () => emptyPoints('a', 4, 15_000_000) },
  { path: '/api/v1/write', name: '15 million samples in a series', encoding: 'zstd', bytes: () => emptyPoints('a', 2, 15_000_000) },
  { path: '/api/v2/series', name: '15 million tags on a series', encoding: 'zstd', bytes: () => emptyPoints('a', 3, 15_000_000) },
  { path: '/api/v1/write', name: '15 million labels on a series', encoding: 'zstd', bytes: () => emptyPoints('a', 1, 15_000_000) },
  { path: '/api/v2/series', name: 'a point that is cut off', bytes: () => lengthDelimited(1, Buffer.concat([lengthDelimited(2, 'a'), lengthDelimited(4, Buffer.of(9, 0, 0))])) },
  { path: '/api/beta/sketches', name: 'packed keys past their end', bytes: () => lengthDelimited(1, Buffer.concat([lengthDelimited(1, 'a'), lengthDelimited(7, Buffer.of(0x3a, 0x7f, 1))])) },
  { path: '/api/beta/sketches', name: 'more keys than counts', bytes: () => lengthDelimited(1, Buffer.concat([lengthDelimited(1, 'a'), lengthDelimited(7, Buffer.concat([Buffer.of(0x10, 1), lengthDelimited(7, Buffer.of(2, 4))]))])) },
  { path: '/api/beta/sketches', name: 'a million bins', bytes: () => lengthDelimited(1, lengthDelimited(7, Buffer.concat([lengthDelimited(7, Buffer.alloc(1_000_000, 2)), lengthDelimited(8, Buffer.alloc(1_000_000, 2))]))) },
  { path: '/api/beta/sketches', name: 'a key that no value has', bytes: () => lengthDelimited(1, lengthDelimited(7, Buffer.concat([Buffer.of(0x10, 1), lengthDelimited(7, Buffer.of(0xff, 0xff, 0xff, 0xff, 0x0f)), lengthDelimited(8, Buffer.of(1))]))) },
  { path: '/api/beta/sketches', name: 'sketches as JSON', mediaType: 'application/json', bytes: () => Buffer.from('{"sketches":[]}'), outcomes: [415] },
  { path: '/api/v1/write', name: 'a message that nobody knows', mediaType: 'application/x-protobuf;proto=evil', bytes: () => Buffer.alloc(0), outcomes: [415] },
  { path: '/api/v1/write', name: 'samples without labels', bytes: () => lengthDelimited(1, lengthDelimited(2, Buffer.of(0x10, 1))) },
  { path: '/api/v1/write', name: 'labels without a name', bytes: () => lengthDelimited(1, lengthDelimited(1, lengthDelimited(2, 'a'))) },
  { path: '/api/v1/push', name: 'a reference to no symbol', mediaType: writeV2, bytes: () => lengthDelimited(5, lengthDelimited(1, Buffer.of(0xff, 0xff, 0xff, 0xff, 0x0f, 1))) },
  { path: '/api/v1/push', name: 'half a pair of references', mediaType: writeV2, bytes: () => Buffer.concat([lengthDelimited(4, ''), lengthDelimited(5, lengthDelimited(1, Buffer.of(0)))]) },
  { path: '/api/v1/push', name: 'packed references past their end', mediaType: writeV2, bytes: () => lengthDelimited(5, Buffer.of(0x0a, 0x7f, 0)) },
  { path: '/v1/logs', name: 'a body 10,000 lists deep', bytes: () => lengthDelimited(1, lengthDelimited(2, lengthDelimited(2, lengthDelimited(5, nestedValue(10_000))))) },
  { path: '/v1/metrics', name: 'an attribute 10,000 lists deep', bytes: () => lengthDelimited(1, lengthDelimited(1, lengthDelimited(1, Buffer.concat([lengthDelimited(1, 'a'), lengthDelimited(2, nestedValue(10_000))])))) },
  { path: '/v1/metrics', name: 'buckets past their end', bytes: () => lengthDelimited(1, lengthDelimited(2, lengthDelimited(2, Buffer.concat([lengthDelimited(1, 'a'), lengthDelimited(9, lengthDelimited(1, Buffer.of(0x32, 0x7f, 1)))])))) },
  { path: '/v1/metrics', name: 'a media type that is neither', mediaType: 'application/msgpack', bytes: () => Buffer.of(0x80), outcomes: [415] },
  { path: '/v1/metrics', name: 'gRPC', mediaType: 'application/grpc', bytes: () => Buffer.of(0, 0, 0, 0, 0), outcomes: [415] },
  { path: '/v1/traces', name: 'msgpack of traces', mediaType: 'application/msgpack', bytes: () => Buffer.of(0xdd, 0xff, 0xff, 0xff, 0xff), outcomes: [415] },
  { path: '/v0.4/traces', name: 'msgpack of traces where no route is', mediaType: 'application/msgpack', bytes: () => Buffer.of(0xdd, 0xff, 0xff, 0xff, 0xff), outcomes: [404] },
] // prettier-ignore

/** Headers of the process agent's messages that lie. */
const frames: readonly Pick<BrokenBody, 'name' | 'bytes'>[] = [
  { name: 'no frame', bytes: () => Buffer.alloc(0) },
  { name: 'a frame of half a header', bytes: () => Buffer.of(3, 0, 39, 0) },
  { name: 'a frame of version 0', bytes: () => Buffer.alloc(32) },
  { name: 'a frame of version 255', bytes: () => Buffer.alloc(32, 255) },
  { name: 'a frame of an encoding that there is not', bytes: () => frame(39, 99, 'a') },
  { name: 'a frame around broken zstd', bytes: () => frame(39, 4, 'no zstd') },
  { name: 'a frame around a bomb', bytes: () => frame(39, 4, zstdCompressSync(Buffer.alloc(72 * 1024 * 1024))) },
  { name: 'a frame around broken JSON', bytes: () => frame(39, 1, '{"containers":[{') },
  { name: 'a frame around 8 million containers', bytes: () => frame(39, 4, zstdCompressSync(Buffer.concat([lengthDelimited(1, 'h'), Buffer.alloc(15 * 1024 * 1024).map((_byte, at) => (at % 2 === 0 ? 0x1a : 0))]))) },
] // prettier-ignore

function blockHeader(...numbers: readonly number[]): Buffer {
  const header = new Uint32Array([0x474f_4c56, 1, ...numbers, 0, 0, 0, 0, 0, 0].slice(0, 8))
  return Buffer.from(header.buffer)
}

/** Blocks of log lines whose header lies. */
const blocks: readonly Pick<BrokenBody, 'name' | 'bytes'>[] = [
  { name: 'no block', bytes: () => Buffer.alloc(0) },
  { name: 'half a header', bytes: () => Buffer.from('VLOG') },
  { name: 'another beginning', bytes: () => Buffer.alloc(1000, 'x') },
  { name: 'a block of 4 billion lines', bytes: () => blockHeader(0, 0, 0xffff_ffff) },
  { name: 'a block of 4 GiB of text', bytes: () => blockHeader(0, 0, 0, 0xffff_ffff) },
  { name: 'a block whose columns are missing', bytes: () => blockHeader(10, 1, 1, 1, 0) },
]

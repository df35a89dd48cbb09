import { constants, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import {
  makeRequest,
  type Header,
  type HostileRequest,
  type Outcome,
  type Target,
} from './hostile-request.ts'

const mebibyte = 1024 * 1024
/** More than the server's 64 MiB. */
const zeros = (): Buffer => Buffer.alloc(72 * mebibyte)

type Pack = (plain: Buffer) => Buffer
const gzip: Pack = (plain) => gzipSync(plain, { level: 1 })
const zstd: Pack = (plain) => zstdCompressSync(plain)

/** A bomb by its encoding; each is made once. */
const bombs: Readonly<Record<string, () => Buffer>> = {
  // Members of gzip, and frames of zstd, may follow each other: these become 1 GiB.
  gzip: once(() => repeat(gzip(Buffer.alloc(16 * mebibyte)), 64)),
  zstd: once(() => repeat(zstd(Buffer.alloc(16 * mebibyte)), 64)),
  deflate: once(() => deflateSync(zeros(), { level: 1 })),
  'deflate without a header': once(() => deflateRawSync(zeros(), { level: 1 })),
  snappy: once(() => packSnappy(72 * mebibyte)),
}

const nested: Readonly<Record<string, () => Buffer>> = {
  'gzip, gzip': () => gzip(bombs['gzip']?.() ?? zeros()),
  'zstd, gzip': () => gzip(bombs['zstd']?.() ?? zeros()),
  'gzip, zstd': () => zstd(bombs['gzip']?.() ?? zeros()),
  'zstd, zstd': () => zstd(bombs['zstd']?.() ?? zeros()),
  'deflate, deflate': () => deflateSync(bombs['deflate']?.() ?? zeros()),
  'snappy, gzip': () => gzip(bombs['snappy']?.() ?? zeros()),
}

/** Bodies that are small on the wire only, on every route that unpacks, and what else compressed bytes may lie about. */
export function compressionBombs(target: Target): HostileRequest[] {
  const { intake, people } = target
  const encodings = Object.keys(bombs)
  const sent = (path: string, encoding: string, rest: Sent): HostileRequest =>
    compressed(target, { path, encoding, ...rest })
  return [
    ...readingRoutes(intake).flatMap((path, at) => {
      // Each route gets one, and the routes together all.
      const name = encodings[at % encodings.length] ?? 'gzip'
      const bytes = bombs[name] ?? zeros
      return sent(path, wireName(name), { name: `a bomb in ${name}`, bytes, outcomes: [413] })
    }),
    ...Object.entries(bombs).map(([name, bytes]) =>
      sent('/api/v2/series', wireName(name), {
        name: `a bomb of figures in ${name}`,
        bytes,
        outcomes: [413],
      }),
    ),
    ...Object.entries(nested).map(([name, bytes]) =>
      sent('/api/v2/series', name, { name: `a bomb in ${name}`, bytes, outcomes: [413] }),
    ),
    ...people
      .filter(({ hasBody }) => hasBody)
      .map(({ path }, at) => {
        const name = encodings[at % encodings.length] ?? 'gzip'
        return sent(path.replaceAll(/\{\w+\}/g, 'x'), wireName(name), {
          name: `a bomb in ${name} from a person`,
          bytes: bombs[name] ?? zeros,
          outcomes: [413, 415],
        })
      }),
    ...lies.map((lie) => sent('/api/v2/series', lie.encoding, { outcomes: [400], ...lie })),
    ...strangeEncodings.map((encoding) =>
      sent('/api/v2/series', encoding, {
        name: `the encoding "${encoding.slice(0, 30)}"`,
        bytes: () => Buffer.from('x'),
        outcomes: [415],
      }),
    ),
  ]
}

interface Sent {
  readonly name: string
  readonly bytes: () => Buffer
  readonly outcomes: readonly Outcome[]
}

/** Routes of which nothing is kept throw bodies away as they are; the others unpack them. */
export function readingRoutes(intake: readonly string[]): string[] {
  const unpacking =
    /^\/(api\/v2\/(series|logs)|api\/v1\/(series|check_run|container|collector|write|push)|prometheus\/api\/v1\/write|api\/beta\/sketches|intake\/|api\/vigie\/v1\/(report|logs)|v1\/(metrics|logs|traces|input))$/
  return intake.filter((path) => unpacking.test(path))
}

function compressed(
  { key, token }: Target,
  {
    path,
    encoding,
    name,
    bytes,
    outcomes,
  }: Sent & { readonly path: string; readonly encoding: string },
): HostileRequest {
  const headers: Header[] = [
    ['DD-API-KEY', key],
    ['Authorization', `Bearer ${token}`],
    ['Content-Type', mediaTypeOf(path)],
    ['Content-Encoding', encoding],
  ]
  return {
    name: `${path}: ${name}`,
    bytes: () => makeRequest({ method: 'POST', path, headers, body: bytes() }),
    outcomes,
  }
}

/** What a route wants, so that it goes on to read the body. */
export function mediaTypeOf(path: string): string {
  if (path.startsWith('/prometheus') && !path.endsWith('/write'))
    return 'application/x-www-form-urlencoded'
  if (path === '/api/vigie/v1/logs') return 'application/x-vigie-logs'
  return /\/(v2\/series|sketches|write|push|v1\/metrics)$/.test(path)
    ? 'application/x-protobuf'
    : 'application/json'
}

const strangeEncodings = [
  'br',
  'compress',
  'gzip, br',
  'gzip, gzip, gzip',
  'zstd;q=1',
  Array.from({ length: 2000 }, () => 'gzip').join(','),
  '__proto__',
]

interface Lie {
  readonly name: string
  readonly encoding: string
  readonly bytes: () => Buffer
  readonly outcomes?: readonly Outcome[]
}

const lies: readonly Lie[] = [
  { name: 'gzip that is cut off', encoding: 'gzip', bytes: () => cut(gzip(noise())) },
  { name: 'gzip with a wrong checksum', encoding: 'gzip', bytes: () => flip(gzip(noise()), -6) },
  { name: 'gzip with a wrong length', encoding: 'gzip', bytes: () => flip(gzip(noise()), -1) },
  { name: 'gzip with a name that never ends', encoding: 'gzip', bytes: () => Buffer.concat([Buffer.of(31, 139, 8, 8, 0, 0, 0, 0, 0, 3), Buffer.alloc(mebibyte, 'a')]) },
  { name: 'nothing, as gzip', encoding: 'gzip', bytes: () => Buffer.alloc(0) },
  { name: 'deflate that is cut off', encoding: 'deflate', bytes: () => cut(deflateSync(noise())) },
  { name: 'deflate with a wrong checksum', encoding: 'deflate', bytes: () => flip(deflateSync(noise()), -1) },
  { name: 'deflate with a dictionary', encoding: 'deflate', bytes: () => deflateSync(noise(), { dictionary: Buffer.from('a dictionary that nobody has') }) },
  { name: 'zstd that is cut off', encoding: 'zstd', bytes: () => cut(zstd(noise())) },
  { name: 'zstd with garbage behind it', encoding: 'zstd', bytes: () => Buffer.concat([zstd(noise()), Buffer.from('garbage')]) },
  { name: 'zstd with a window of 2 GiB', encoding: 'zstd', bytes: () => zstdFrame({ window: 0xa8 }) },
  { name: 'zstd that promises 16 EiB', encoding: 'zstd', bytes: () => zstdFrame({ contentBytes: 2n ** 64n - 1n }) },
  { name: 'zstd that promises 60 MiB and holds a byte', encoding: 'zstd', bytes: () => zstdFrame({ contentBytes: BigInt(60 * mebibyte) }) },
  { name: 'zstd that promises nothing and becomes 1 GiB', encoding: 'zstd', bytes: () => repeat(endlessZstd(), 64), outcomes: [400, 413] },
  { name: 'zstd with a dictionary', encoding: 'zstd', bytes: () => flip(zstdFrame({ contentBytes: 4n }), 4, 3) },
  { name: 'snappy that promises 4 GiB', encoding: 'snappy', bytes: () => Buffer.of(0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0x61) },
  { name: 'snappy that promises more than 32 bits', encoding: 'snappy', bytes: () => Buffer.alloc(10, 0xff) },
  { name: 'snappy that promises one byte less', encoding: 'snappy', bytes: () => Buffer.of(3, 12, 0x61, 0x62, 0x63, 0x64) },
  { name: 'snappy that promises one byte more', encoding: 'snappy', bytes: () => Buffer.of(5, 12, 0x61, 0x62, 0x63, 0x64) },
  { name: 'snappy that copies from before its start', encoding: 'snappy', bytes: () => Buffer.of(8, 0, 0x61, 0x1e, 0xff, 0xff) },
  { name: 'snappy that copies from nowhere', encoding: 'snappy', bytes: () => Buffer.of(8, 0, 0x61, 0x1e, 0, 0) },
  { name: 'snappy with a text of 4 GiB', encoding: 'snappy', bytes: () => Buffer.of(64, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x61) },
  { name: 'snappy in the frames of files', encoding: 'snappy', bytes: () => Buffer.from('ff060000734e61507059', 'hex') },
  { name: 'zstd that says it is gzip', encoding: 'gzip', bytes: () => zstd(noise()) },
  { name: 'gzip that says it is zstd', encoding: 'zstd', bytes: () => gzip(noise()) },
] // prettier-ignore

function wireName(name: string): string {
  return name.split(' ', 1)[0] ?? name
}

function once(make: () => Buffer): () => Buffer {
  let made: Buffer | undefined
  return () => (made ??= make())
}

function repeat(bytes: Buffer, times: number): Buffer {
  return Buffer.concat(Array.from({ length: times }, () => bytes))
}

/** Bytes that do not compress. */
function noise(): Buffer {
  return Buffer.from(Array.from({ length: 5000 }, (_byte, at) => (at * at * 31 + (at >> 3)) & 0xff))
}

function cut(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length / 2))
}

/** With one byte changed; counted from the end below 0. */
function flip(bytes: Buffer, at: number, bits = 0x55): Buffer {
  const changed = Buffer.from(bytes)
  const place = at < 0 ? bytes.length + at : at
  changed[place] = (changed[place] ?? 0) ^ bits
  return changed
}

/** A frame around one stored byte, with what its header says of it. @see RFC 8878, section 3.1.1.1 */
function zstdFrame(said: { readonly window?: number; readonly contentBytes?: bigint }): Buffer {
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(said.contentBytes ?? 0n)
  const header =
    said.contentBytes === undefined
      ? [0, said.window ?? 0]
      : // Eight bytes of length, and a window of 1 MiB.
        [0xc0, 0x50, ...length]
  return Buffer.from([0x28, 0xb5, 0x2f, 0xfd, ...header, 0x09, 0, 0, 0x61])
}

/** 16 MiB of zeros in a frame that does not say so. */
function endlessZstd(): Buffer {
  return zstdCompressSync(Buffer.alloc(16 * mebibyte), {
    params: { [constants.ZSTD_c_contentSizeFlag]: 0 },
  })
}

/** A block of so many times the same byte. @see https://github.com/google/snappy/blob/main/format_description.txt */
function packSnappy(length: number): Buffer {
  const preamble: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 128))
    preamble.push(rest < 128 ? rest : (rest % 128) | 0x80)
  const copies = repeat(Buffer.of(0xfe, 1, 0), Math.floor((length - 1) / 64))
  const last = (length - 1) % 64
  return Buffer.concat([
    Buffer.of(...preamble, 0, 0),
    copies,
    ...(last > 0 ? [Buffer.of(((last - 1) << 2) | 2, 1, 0)] : []),
  ])
}

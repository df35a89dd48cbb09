import { zstdCompressSync } from 'node:zlib'
import {
  fillPath,
  makeRequest,
  type Header,
  type HostileRequest,
  type Target,
} from './hostile-request.ts'

const deep = 100_000

/** Bodies that are no JSON, or more of it than anybody needs; no route takes one of them. */
const bodies: Readonly<Record<string, () => Buffer | string>> = {
  'lists 100,000 deep': () => '['.repeat(deep) + ']'.repeat(deep),
  'objects 100,000 deep': () => `${'{"series":'.repeat(deep)}1${'}'.repeat(deep)}`,
  '4 million lists that never end': () => '['.repeat(4_000_000),
  'a field 100,000 lists deep': () =>
    JSON.stringify({ series: 0, events: 0, query: 0, name: 0, resourceLogs: 0, resourceMetrics: 0, resourceSpans: 0, message: 0 }).replaceAll('0', '['.repeat(deep) + ']'.repeat(deep)),
  'half of it': () => '{"series":[{"metric":"a","points":[[1',
  'a text without its end': () => `"${'a'.repeat(100_000)}`,
  'a text with half a character': () => Buffer.from('[{"metric":"\xff\xfe"', 'latin1'),
  'a wrong escape': () => String.raw`{"metric":"\ud8"}`,
  'JSON in UTF-16': () => Buffer.from('\ufeff{"series":[]}', 'utf16le'),
  'a NUL behind it': () => '{}\0',
  'a comment': () => '{/* */}',
  'a comma too many': () => '[{},]',
  NaN: () => '[NaN]',
  'a number of 100,000 digits': () => '9'.repeat(100_000),
  'a number above all': () => '[1e99999]',
  'null': () => 'null',
  'a text': () => '"text"',
  'two documents': () => '{"a":1}{"b":2}',
  XML: () => '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "&b;">]><a>&b;</a>',
  YAML: () => 'a: &a [*a, *a]',
} // prettier-ignore

/** 50 MiB that are small on the wire, and would be gigabytes as objects. */
const bombs: Readonly<Record<string, () => string>> = {
  'lists that never end': () => '['.repeat(50 * 1024 * 1024),
  'empty objects': () => `[${'{},'.repeat(16 * 1024 * 1024)}{}]`,
  'lists in lists': () => `[${'[[]],'.repeat(10 * 1024 * 1024)}[]]`,
  numbers: () => `[${'1,'.repeat(25 * 1024 * 1024)}1]`,
  'short texts': () => `[${'"a",'.repeat(12 * 1024 * 1024)}"a"]`,
  'objects in objects': () => '{"a":'.repeat(10 * 1024 * 1024),
}
const packed = new Map<string, Buffer>()

/** Broken and oversized JSON on every route that reads it. */
export function hostileJson(target: Target): HostileRequest[] {
  const routes = jsonRoutes(target)
  const names = Object.keys(bombs)
  return [
    ...routes.flatMap((route) =>
      Object.entries(bodies).map(([name, body]) => post(target, route, { name, body })),
    ),
    ...routes.flatMap((route, at) => {
      // The first route gets all, each other one.
      const own = at === 0 ? names : [names[at % names.length]]
      return own.map((name = '') =>
        post(target, route, {
          name: `50 MiB of ${name}`,
          body: () => pack(name),
          headers: [['Content-Encoding', 'zstd']],
        }),
      )
    }),
    ...ownLies.map(({ path, name, body }) => post(target, { path }, { name, body })),
  ]
}

interface JsonBody {
  readonly name: string
  readonly body: () => Buffer | string
  readonly headers?: readonly Header[]
}

interface JsonRoute {
  readonly path: string
  /** Before the JSON. */
  readonly frame?: Buffer
}

function jsonRoutes({ intake, people }: Target): JsonRoute[] {
  const reading =
    /^\/(api\/v1\/(series|check_run)|api\/v2\/(series|logs)|api\/beta\/sketches|intake\/|api\/vigie\/v1\/report|v1\/(metrics|logs|traces|input))$/
  // Version 1, JSON, a list of containers.
  const frame = Buffer.of(1, 1, 39, 0)
  return [
    ...intake.filter((path) => reading.test(path)).map((path) => ({ path })),
    { path: '/api/v1/container', frame },
    ...people
      .filter(({ path, hasBody }) => hasBody && !path.startsWith('/prometheus'))
      .map(({ path }) => ({ path: fillPath(path, 'x') })),
  ]
}

function post(
  { key, token }: Target,
  { path, frame }: JsonRoute,
  { name, body, headers = [] }: JsonBody,
): HostileRequest {
  return {
    name: `${path}: JSON that is ${name}`,
    bytes: () =>
      makeRequest({
        method: 'POST',
        path,
        headers: [
          ['DD-API-KEY', key],
          ['Authorization', `Bearer ${token}`],
          ['Content-Type', 'application/json'],
          ...headers,
        ],
        body:
          frame === undefined || headers.length > 0
            ? body()
            : Buffer.concat([frame, Buffer.from(body())]),
      }),
  }
}

function pack(name: string): Buffer {
  const known = packed.get(name)
  if (known !== undefined) return known
  const made = zstdCompressSync(bombs[name]?.() ?? '')
  packed.set(name, made)
  return made
}

/** What only one route would fall for. */
const ownLies: readonly (JsonBody & { readonly path: string })[] = [
  { path: '/api/v1/series', name: 'a point without a value', body: () => '{"series":[{"metric":"a","points":[[1]]}]}' },
  { path: '/api/v1/series', name: 'a value above all numbers', body: () => '{"series":[{"metric":"a","points":[[1,1e999]]}]}' },
  { path: '/api/v1/series', name: 'an interval of 2^53', body: () => '{"series":[{"metric":"a","points":[],"interval":9007199254740992}]}' },
  { path: '/api/v1/series', name: 'series in an object with a length', body: () => '{"series":{"length":1000000000}}' },
  { path: '/api/v1/series', name: 'a prototype in place of a name', body: () => '{"series":[{"__proto__":{"metric":"a"},"points":[]}]}' },
  { path: '/api/v2/series', name: 'a kind that there is not', body: () => '{"series":[{"metric":"a","type":4,"points":[]}]}' },
  { path: '/api/v1/check_run', name: 'a status that there is not', body: () => '[{"check":"a","status":9}]' },
  { path: '/api/v1/check_run', name: 'a name of 1 MB', body: () => JSON.stringify([{ check: 'a'.repeat(1_000_000), status: 0 }]) },
  { path: '/intake/', name: 'events that are a text', body: () => '{"events":"events"}' },
  { path: '/intake/', name: 'an event whose tags are objects', body: () => '{"events":{"api":[{"msg_title":"a","tags":[{}]}]}}' },
  { path: '/api/v2/logs', name: 'lists of logs in a list', body: () => '[[{"message":"a"}]]' },
  { path: '/api/v2/logs', name: 'a log 100,000 objects deep', body: () => `[${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}]` },
  { path: '/api/vigie/v1/report', name: 'a report whose host has no name', body: () => '{"inventories":[{"kind":"inventory","host":"","timeMs":1,"isFull":true,"containers":[],"removedIds":[]}]}' },
  { path: '/api/vigie/v1/report', name: 'a report of a time that is none', body: () => '{"inventories":[{"kind":"inventory","host":"a","timeMs":-1,"isFull":true,"containers":[],"removedIds":[]}]}' },
  { path: '/v1/metrics', name: 'a time that is no number', body: () => '{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"a","gauge":{"dataPoints":[{"timeUnixNano":"x"}]}}]}]}]}' },
  { path: '/v1/logs', name: 'a body 200 lists deep', body: () => `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":${'{"arrayValue":{"values":['.repeat(200)}${']}}'.repeat(200)}}]}]}]}` },
  { path: '/api/sql', name: 'a question that is a list', body: () => '{"query":["SELECT 1"]}' },
  { path: '/api/sql', name: 'a question in a prototype', body: () => '{"__proto__":{"query":"SELECT 1"}}' },
  { path: '/api/sql', name: 'a question of 101 KB', body: () => JSON.stringify({ query: `SELECT 1 ${' '.repeat(101_000)}` }) },
  { path: '/api/access/sign-in', name: 'a name that is an object', body: () => '{"name":{"$ne":""},"password":{"$ne":""}}' },
  { path: '/api/access/sign-in', name: 'a password of 1 MB', body: () => JSON.stringify({ name: 'a', password: 'a'.repeat(1_000_000) }) },
  { path: '/api/access/users', name: 'a role in a prototype', body: () => '{"name":"a","password":"correct horse","__proto__":{"role":"admin"},"role":"root"}' },
] // prettier-ignore

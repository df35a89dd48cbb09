/** What may become of a hostile request: a status, or a connection that is closed without one. */
export type Outcome = number | 'cut'

/** A request that nobody honest sends. */
export interface HostileRequest {
  /** Tells it from all others. */
  readonly name: string
  /** `open`: to the server without accounts and token; else to the one with a token. */
  readonly server?: 'open'
  /** The bytes, made when they are sent: a bomb is large. */
  readonly bytes: () => Buffer
  /** What is right; any 4xx and a cut connection when absent. */
  readonly outcomes?: readonly Outcome[]
  /** How many answers there are at least; more than one where several requests are sent at once. */
  readonly answers?: number
}

/** What the table's requests need to know of the server. */
export interface Target {
  /** An API key that is right. */
  readonly key: string
  /** The access token of the one server, with which everything may be asked. */
  readonly token: string
  /** Routes that agents post to, as fastify writes them. */
  readonly intake: readonly string[]
  /** Routes for people, as OpenAPI writes them. */
  readonly people: readonly PeopleRoute[]
}

export interface PeopleRoute {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** Whether it takes a body of JSON. */
  readonly hasBody: boolean
  /** Nobody has to sign in for it. */
  readonly isForAnyone: boolean
}

/** A header by its name; names may come twice. */
export type Header = readonly [name: string, value: string | number]

/** What is said in a request of HTTP/1.1. */
export interface RequestParts {
  readonly method?: string
  /** As it stands in the first line, whatever that is. */
  readonly path: string
  readonly headers?: readonly Header[]
  readonly body?: Buffer | string
  /** In place of `localhost`. */
  readonly host?: string
}

/**
 * A request's bytes, with `Host`, and `Content-Length` where there is a body and no other header says where it ends. The connection ends with
 * the answer unless a header says otherwise.
 */
export function makeRequest({
  method = 'GET',
  path,
  headers = [],
  body,
  host = 'localhost',
}: RequestParts): Buffer {
  const isGiven = (pattern: RegExp): boolean => headers.some(([name]) => pattern.test(name))
  const content = Buffer.from(body ?? '')
  const all: Header[] = [
    ['Host', host],
    ...(isGiven(/^connection$/i) ? [] : [['Connection', 'close'] as const]),
    ...headers,
    ...(body === undefined || isGiven(/^(content-length|transfer-encoding)\s*$/i)
      ? []
      : [['Content-Length', content.length] as const]),
  ]
  const head = all.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return Buffer.concat([
    Buffer.from(`${method} ${path} HTTP/1.1\r\n${head}\r\n`, 'latin1'),
    content,
  ])
}

/** A value for each part of a path that is open: `/api/containers/{id}`, `/v1/input/:apiKey`. */
export function fillPath(path: string, value: string): string {
  return path.replaceAll(/\{\w+\}|:\w+|\*$/g, () => value)
}

// The process behind `openClickHouseHttp`: so much of ClickHouse's HTTP interface as `@clickhouse/client` uses, over chDB.
// Its first line on standard input says what it is like, its first on standard output which port it has.
import { writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { Session } from 'chdb'
import type { ClickHouseHttpOptions } from './clickhouse-http.ts'
import { writeEngineConfig } from './engine-files.ts'
import { withoutKeeper } from './without-keeper.ts'

interface ProcessOptions extends ClickHouseHttpOptions {
  readonly folder: string
  readonly users: Readonly<Record<string, string>>
}

/** Parameters of a request that are no settings. */
const ownParameters = new Set([
  'query',
  'wait_end_of_query',
  'database',
  'default_format',
  'query_id',
  'role',
])

const nativeEnd = ' FORMAT Native\n'

let options: ProcessOptions
let configFile: string
let bodies = 0
let statements: string[] = []

createInterface({ input: process.stdin }).on('line', (line) => {
  if (line !== 'statements') return start(JSON.parse(line))
  process.stdout.write(`${JSON.stringify(statements)}\n`)
  statements = []
})
process.stdin.on('end', () => process.exit())

function start(given: ProcessOptions): void {
  options = given
  configFile = writeEngineConfig(given)
  // The engine goes with the last connection, so one stays.
  openSession()
  const answer = (request: IncomingMessage, response: ServerResponse): void =>
    void take(request, response)
  const server = options.tls ? createTlsServer(options.tls, answer) : createServer(answer)
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (address !== null && typeof address === 'object') process.stdout.write(`${address.port}\n`)
  })
}

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  try {
    const { sql, parameters, data } = await readRequest(request, url)
    checkLogin(request)
    const output =
      url.pathname === '/ping' ? Buffer.from('Ok.\n') : await run(sql, parameters, data)
    send(response, { status: 200, output, parameters })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const code = /^Code: (\d+)/.exec(message)?.[1] ?? '1002'
    response.setHeader('x-clickhouse-exception-code', code)
    const status = code === '516' ? 403 : 500
    send(response, { status, output: Buffer.from(message), parameters: url.searchParams })
  }
}

interface Answer {
  readonly status: number
  readonly output: Uint8Array
  readonly parameters: URLSearchParams
}

function send(response: ServerResponse, { status, output, parameters }: Answer): void {
  response.statusCode = status
  response.setHeader('x-clickhouse-query-id', parameters.get('query_id') ?? '')
  const isCompressed = parameters.get('enable_http_compression') === '1'
  if (isCompressed) response.setHeader('content-encoding', 'zstd')
  response.end(isCompressed ? zstdCompressSync(output) : output)
}

interface Asked {
  readonly sql: string
  readonly parameters: URLSearchParams
  readonly data: Buffer | undefined
}

/** The statement is what the address has of it, then the body, or one part of a form. */
async function readRequest(request: IncomingMessage, url: URL): Promise<Asked> {
  const raw = Buffer.concat(await request.toArray())
  const body =
    request.headers['content-encoding'] === 'zstd' && raw.length > 0 ? zstdDecompressSync(raw) : raw
  const parameters = url.searchParams
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(body, { headers: { 'content-type': type } }).formData()
    for (const [name, value] of form) if (typeof value === 'string') parameters.set(name, value)
    return { sql: parameters.get('query') ?? '', parameters, data: undefined }
  }
  const inAddress = parameters.get('query') ?? ''
  return {
    ...splitData(inAddress === '' ? body : Buffer.concat([Buffer.from(`${inAddress}\n`), body])),
    parameters,
  }
}

/** What follows the name of the format is data. */
function splitData(text: Buffer): Pick<Asked, 'sql' | 'data'> {
  const end = text.subarray(0, 6).toString() === 'INSERT' ? text.indexOf(nativeEnd) : -1
  if (end === -1) return { sql: text.toString(), data: undefined }
  const dataStart = end + nativeEnd.length
  return { sql: text.subarray(0, dataStart - 1).toString(), data: text.subarray(dataStart) }
}

function checkLogin({ headers }: IncomingMessage): void {
  const [kind, encoded = ''] = (headers.authorization ?? '').split(' ')
  const [user = '', ...rest] = Buffer.from(encoded, 'base64').toString().split(':')
  if (
    kind === 'Basic' &&
    Object.hasOwn(options.users, user) &&
    options.users[user] === rest.join(':')
  )
    return
  throw new Error(
    `Code: 516. DB::Exception: ${user}: Authentication failed: password is incorrect, or there is no user with such name. (AUTHENTICATION_FAILED) (version 26.7.2.1 (official build))`,
  )
}

async function run(
  sql: string,
  parameters: URLSearchParams,
  data: Buffer | undefined,
): Promise<Uint8Array> {
  statements.push(sql)
  const session = openSession()
  const ask = async (statement: string): Promise<Buffer> =>
    Buffer.from((await session.queryAsync(statement)).bytes())
  try {
    const shown = toRunnable(sql, data)
    const runnable = options.cluster === undefined ? shown : withoutKeeper(shown)
    // What cannot run here has to be a statement all the same.
    if (runnable !== shown) await ask(`SELECT formatQuery(${quote(shown)}) FORMAT Null`)
    for (const statement of setUp(parameters)) await ask(statement)
    return await ask(runnable)
  } finally {
    session.close()
  }
}

function openSession(): Session {
  return new Session(join(options.folder, 'data'), {
    connectionArgs: [`--config-file=${configFile}`],
  })
}

/** The binding spoils binary bodies behind a statement, so a body becomes a file that the engine reads in the same format. */
function toRunnable(sql: string, data: Buffer | undefined): string {
  if (options.version !== undefined && sql.startsWith('SELECT version()')) {
    return sql.replace('version()', quote(options.version))
  }
  if (data === undefined) return sql
  bodies += 1
  const file = join(options.folder, 'user_files', `${bodies}.native`)
  writeFileSync(file, data)
  return sql.replace(
    /input\('([^']*)'\) FORMAT Native/,
    (_all, columns) => `file('${file}', 'Native', '${columns}')`,
  )
}

/** What the address says beside the statement, in the order in which the limits among it leave the rest possible. */
function setUp(parameters: URLSearchParams): readonly string[] {
  const before: string[] = []
  const settings: string[] = []
  for (const [name, value] of parameters) {
    if (name.startsWith('param_')) before.push(`SET ${name} = ${quote(value)}`)
    else if (!ownParameters.has(name)) settings.push(`${name} = ${quote(value)}`)
  }
  const role = parameters.get('role')
  if (role !== null) before.push(`SET ROLE ${role}`)
  const database = parameters.get('database')
  if (database !== null) before.push(`USE \`${database}\``)
  return settings.length > 0 ? [...before, `SET ${settings.join(', ')}`] : before
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AgentList } from '../../src/api/contract/agents.ts'
import type { ContainerList, ContainerRow } from '../../src/api/contract/containers.ts'
import type { SqlAnswer } from '../../src/api/contract/query.ts'
import type { NetworkHost } from '../network/open-network.ts'
import { waitUntil } from './wait-until.ts'

const root = new URL('../../', import.meta.url).pathname
/** What is run: the source, or with `VIGIE_TEST_MAIN` the shipped output. */
const mainFile = process.env['VIGIE_TEST_MAIN'] ?? join(root, 'src/main.ts')

/** How a process ended and what it said. */
export interface Ending {
  readonly exitCode: number | null
  readonly tookMs: number
  readonly output: string
}

/** One `vigie …` process with its own data folder. */
export interface Vigie extends AsyncDisposable {
  readonly process: ChildProcess
  readonly dataDir: string
  /** All it has written so far, both streams. */
  readonly output: () => string
  /** `http://127.0.0.1:<port>`, or `https://…`; rejects if it ends before it listens. */
  readonly url: () => Promise<string>
  readonly key: () => Promise<string>
  /** Sends a signal and waits for the end. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<Ending>
  /** Waits for an end that comes by itself. */
  readonly ended: () => Promise<Ending>
}

export interface VigieOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Kept after the end when given; else a fresh one that is removed. */
  readonly dataDir?: string
  readonly uid?: number
  /** The host of a test's network that it runs on; absent: this machine. */
  readonly on?: NetworkHost
  /** Options of Node itself. */
  readonly runtimeOptions?: readonly string[]
  /** What it reads on its standard input; absent: nothing. */
  readonly input?: string
  /** Gives it a terminal; what is written to `process.stdin` is typed there. Its end by a signal is that of the terminal. */
  readonly isOnTerminal?: boolean
}

/** Runs a program on a terminal of its own, which its standard input and output become. */
const onTerminal = [
  'python3',
  '-c',
  'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))',
] as const

/** Starts `vigie <args>`; the port is any free one unless `VIGIE_LISTEN` says otherwise. */
export async function startVigie(
  args: readonly string[],
  options: VigieOptions = {},
): Promise<Vigie> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'vigie-test-')))
  const [command, ...before] = [
    ...(options.on === undefined ? [] : ['ip', 'netns', 'exec', options.on.namespace]),
    ...(options.isOnTerminal === true ? onTerminal : []),
    process.execPath,
  ]
  const child = spawn(
    command,
    [
      ...before,
      '--disable-warning=ExperimentalWarning',
      ...(options.runtimeOptions ?? []),
      mainFile,
      ...args,
    ],
    {
      cwd: dataDir,
      env: cleanEnv({ ...placesOfItsOwn(dataDir), ...options.env }),
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(options.uid !== undefined && { uid: options.uid, gid: options.uid }),
    },
  )
  // One that ends without having read all of it is no fault here.
  child.stdin.on('error', () => {})
  if (options.isOnTerminal !== true) child.stdin.end(options.input)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (text: string) => {
      output += text
    })
  }
  const exit = once(child, 'exit')
  const ended = async (): Promise<Ending> => {
    const startedAt = performance.now()
    if (child.exitCode === null && child.signalCode === null) await exit
    return { exitCode: child.exitCode, tookMs: performance.now() - startedAt, output }
  }
  return {
    process: child,
    dataDir,
    output: () => output,
    url: () => readUrl(child, () => output),
    key: async () => (await readFile(join(dataDir, 'api_key'), 'utf8')).trim(),
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal)
      return ended()
    },
    ended,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL')
        await exit
      }
      // An agent whose `up` was killed writes down where it stood before it ends, too.
      const patiently = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }
      if (options.dataDir === undefined) await rm(dataDir, patiently)
    },
  }
}

/** Runs a command to its end. */
export async function runVigie(
  args: readonly string[],
  options: VigieOptions = {},
): Promise<Ending> {
  await using vigie = await startVigie(args, options)
  return await vigie.ended()
}

/** Several of these run on one machine. */
function placesOfItsOwn(dataDir: string): Readonly<Record<string, string>> {
  return {
    VIGIE_DATA_DIR: dataDir,
    VIGIE_LISTEN: '127.0.0.1:0',
    DD_DOGSTATSD_PORT: '0',
    DD_DOGSTATSD_SOCKET: join(dataDir, 'dsd.socket'),
  }
}

/** Nothing of the developer's own settings may reach the process under test. */
function cleanEnv(env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG } = process.env
  return {
    PATH,
    HOME,
    LANG,
    DOCKER_HOST: 'unix:///nonexistent/docker.sock',
    DD_HOSTNAME: 'test-host',
    ...env,
  }
}

async function readUrl(child: ChildProcess, output: () => string): Promise<string> {
  const url = await waitUntil('the address on the output', 90_000, () => {
    const found = / is at (https?:\/\/[\w.:[\]]+:\d+)/.exec(output())?.[1]
    return found ?? (child.exitCode === null ? undefined : '')
  })
  if (url === '') throw new Error(`It ended with ${child.exitCode}: ${output()}`)
  return url
}

/** The JSON of a GET. */
export async function getJson<T>(url: string, token?: string): Promise<T> {
  const answer = await fetch(url, { headers: authorization(token) })
  if (!answer.ok) throw new Error(`GET ${url} answered ${answer.status}: ${await answer.text()}`)
  const parsed: T = JSON.parse(await answer.text())
  return parsed
}

/** All containers, or those in one state. */
export async function getContainers(url: string, state = 'all'): Promise<readonly ContainerRow[]> {
  return (await getJson<ContainerList>(`${url}/api/containers?state=${state}`)).containers
}

/** The container of that name, once `isAsWanted` holds for it. */
export function waitForContainer(
  url: string,
  name: string,
  isAsWanted: (row: ContainerRow) => boolean = () => true,
  withinMs = 10_000,
): Promise<ContainerRow> {
  return waitUntil(`container ${name} as wanted`, withinMs, async () =>
    (await getContainers(url)).find((row) => row.name === name && isAsWanted(row)),
  )
}

/** The first agent, once `isAsWanted` holds for it. */
export function waitForAgent(
  url: string,
  isAsWanted: (row: AgentList['agents'][number]) => boolean,
  withinMs = 10_000,
): Promise<AgentList['agents'][number]> {
  return waitUntil('the agent as wanted', withinMs, async () =>
    (await getJson<AgentList>(`${url}/api/agents`)).agents.find(isAsWanted),
  )
}

function authorization(token: string | undefined): Readonly<Record<string, string>> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` }
}

/** Rows of a question in SQL. */
export async function askSql(
  url: string,
  query: string,
  token?: string,
): Promise<SqlAnswer['rows']> {
  const answer = await fetch(`${url}/api/sql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization(token) },
    body: JSON.stringify({ query }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`POST /api/sql answered ${answer.status}: ${text}`)
  const parsed: SqlAnswer = JSON.parse(text)
  return parsed.rows
}

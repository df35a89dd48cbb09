import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { agentRuntimeOption } from '../../src/cli/agent-process.ts'
import { waitUntil } from '../../test/flow/wait-until.ts'
import type { Tally } from './intake.ts'
import type { Load, Sent } from './load.ts'
import { openRoom, type Room } from './room.ts'
import { readUsage } from '../process-cost.ts'

/** An agent, an intake that it sends to and senders, each a process of its own, in a network of their own. */
export interface Stage extends AsyncDisposable {
  readonly agentPid: number
  readonly intakePid: number
  /** Where the agent listens. */
  readonly udp: Load['to']
  readonly uds: Load['to']
  /** Runs a sender until it has sent its load. */
  send(load: Load): Promise<Sent>
  /** What the agent has delivered. */
  tally(): Promise<Tally>
}

export interface StageOptions {
  /** `net.unix.max_dgram_qlen`; absent for what is usual. */
  readonly queueLength?: number
  /** Further settings of the agent. */
  readonly env?: Readonly<Record<string, string>>
}

/** UDP port of whoever receives. */
export const receiverPort = 8125
const intakePort = 8127
const startWithinMs = 20_000
/** An agent gives back once, after 10 s, what only its start needed. */
const restsWithinMs = 12_000
/** Contexts are forgotten after 20 s; a minute later nobody listens for more. */
const forgetsWithinMs = 110_000
const execute = promisify(execFile)

/** Starts all but the senders. The agent collects nothing by itself unless `env` says so. */
export async function openStage({ queueLength, env }: StageOptions = {}): Promise<Stage> {
  await using opened = new AsyncDisposableStack()
  const room = opened.use(await openRoom(queueLength))
  const folder = opened.adopt(await mkdtemp(join(tmpdir(), 'vigie-bench-')), (path) =>
    rm(path, { recursive: true }),
  )
  const intake = opened.adopt(await startIntake(room), endProcess)
  const uds: Load['to'] = { kind: 'uds', path: join(folder, 'dsd.socket') }
  const agent = opened.adopt(startAgent(room, folder, { ...env }), endProcess)
  await waitUntil('the agent listens and reports', startWithinMs, async () => {
    if (agent.exitCode !== null) throw new Error(`The agent ended with ${agent.exitCode}`)
    return existsSync(uds.path) && (await askIntake(intake)).report !== undefined
  })
  const rest = opened.move()
  return {
    agentPid: agent.pid ?? 0,
    intakePid: intake.pid ?? 0,
    udp: { kind: 'udp', port: receiverPort },
    uds,
    send: (load) => runSender(room, load),
    tally: () => askIntake(intake),
    [Symbol.asyncDispose]: () => rest.disposeAsync(),
  }
}

/** Runs a sender in a room until it has sent its load. */
export async function runSender(room: Room, load: Load): Promise<Sent> {
  const file = join(import.meta.dirname, 'sender.ts')
  const [command, ...args] = [...room.prefix, process.execPath, file, JSON.stringify(load)]
  const { stdout } = await execute(command, args)
  const sent: Sent = JSON.parse(stdout)
  return sent
}

/** Starts a process in a room that says by message when it is ready. */
export async function startInRoom(
  room: Room,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<ChildProcess> {
  const [command, ...rest] = [...room.prefix, process.execPath, ...args]
  const child = spawn(command, rest, { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const ended = once(child, 'exit').then(([code]) => `it ended with ${code}`)
  const ready = once(child, 'message').then(() => undefined)
  const fault = await Promise.race([ready, ended])
  if (fault !== undefined) throw new Error(`Cannot start ${args.join(' ')}: ${fault}`)
  return child
}

/** Ends a process, at once, and waits for that. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

function startIntake(room: Room): Promise<ChildProcess> {
  const file = join(import.meta.dirname, 'intake.ts')
  return startInRoom(room, ['--disable-warning=ExperimentalWarning', file, String(intakePort)])
}

function startAgent(
  room: Room,
  folder: string,
  env: Readonly<Record<string, string>>,
): ChildProcess {
  const main = process.env['VIGIE_TEST_MAIN'] ?? join(import.meta.dirname, '../../src/main.ts')
  const options = ['--disable-warning=ExperimentalWarning', agentRuntimeOption]
  const [command, ...args] = [...room.prefix, process.execPath, ...options, main, 'agent']
  return spawn(command, args, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      DD_HOSTNAME: 'bench',
      DD_API_KEY: '0'.repeat(32),
      DD_LOG_LEVEL: 'error',
      DD_DOGSTATSD_PORT: String(receiverPort),
      DD_DOGSTATSD_SOCKET: join(folder, 'dsd.socket'),
      VIGIE_SERVER_URL: `http://127.0.0.1:${intakePort}`,
      VIGIE_DATA_DIR: folder,
      VIGIE_SOURCES_DOCKER_ENABLED: 'false',
      VIGIE_SOURCES_HOST_ENABLED: 'false',
      ...env,
    },
  })
}

/**
 * Waits until the agent's memory is at rest, which after its start takes some seconds, and after a load longer.
 * @param atMostBytes Ends the wait at once when it is not above that.
 * @returns The resident memory then, or after a while.
 */
export async function waitForRest({ agentPid }: Stage, atMostBytes = 0): Promise<number> {
  const read = (): number => readUsage([agentPid]).rssBytes
  const waitMs = atMostBytes === 0 ? restsWithinMs : forgetsWithinMs
  await waitUntil('memory at rest', waitMs, () => read() <= atMostBytes).catch(() => undefined)
  return read()
}

async function askIntake(intake: ChildProcess): Promise<Tally> {
  const answer = once(intake, 'message')
  intake.send('tally')
  const [tally]: [Tally] = Object(await answer)
  return tally
}

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ClientOptions } from 'hot-shots'
import type { ContainerSpec, StartedContainer } from '../engine/engine.ts'
import type { PrivateEngine } from '../engine/private-engine.ts'
import { waitUntil } from './wait-until.ts'

/** Where programs in containers see the agent's sockets: Datadog's own place. */
export const insideFolder = '/var/run/datadog'
const project = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '')
const flowFolder = `${project}/test/flow`
/** This machine's programs and libraries, so that Node and Python run in an image that has neither. */
const systemFolders = ['/usr', '/lib', '/lib64'].filter((path) => existsSync(path))
const startsWithinMs = 30_000

/** A container that sends DogStatsD. */
export interface Program {
  readonly name: string
  readonly command: readonly string[]
  readonly environment?: readonly string[]
  readonly labels?: Readonly<Record<string, string>>
  /** Address that it has to reach before it begins: a network needs up to a second until it carries anything. */
  readonly reaches?: string
}

/** What `dogstatsd-hot-shots.ts` is told: the client's own options, and of streams the socket's path. */
export type HotShotsOptions = Omit<ClientOptions, 'stream'> & { readonly stream?: string }

/** A program that uses `hot-shots`. */
export function hotShots(name: string, options: HotShotsOptions): Program {
  const file = `${flowFolder}/dogstatsd-hot-shots.ts`
  const given = JSON.stringify({ prefix: `${name}.`, ...options })
  return { name, command: [process.execPath, file, given] }
}

/** A program that uses Python's sockets; `where` is `uds:/path`, `stream:/path` or `udp:host:port`. */
export function python(name: string, where: string): Program {
  return { name, command: ['/usr/bin/python3', `${flowFolder}/dogstatsd-python.py`, where, name] }
}

/** How the containers of a test see this machine. */
export interface Mounts {
  /** Folder of the agent's sockets on this machine. */
  readonly socketFolder: string
  /** Further ones, as Docker writes them: `/from:/to:ro`. */
  readonly binds?: readonly string[]
}

/**
 * Runs a program until it has sent all it has; it stays after that. The folder with the agent's sockets is read-only to it, as
 * Datadog's documentation for Kubernetes has it.
 * @throws {Error} If it does not say in time that it has sent; what it said is in the message.
 */
export async function runProgram(
  engine: PrivateEngine,
  { name, command, environment, labels, reaches }: Program,
  { socketFolder, binds }: Mounts,
): Promise<StartedContainer> {
  const readOnly = [...systemFolders, project].map((path) => `${path}:${path}:ro`)
  const spec: ContainerSpec = {
    name,
    command: reaches === undefined ? command : waitFor(reaches, command),
    environment: environment ?? [],
    labels: labels ?? {},
    hostConfig: { Binds: [`${socketFolder}:${insideFolder}:ro`, ...readOnly, ...(binds ?? [])] },
  }
  const container = await engine.run(spec)
  let output = ''
  const isOver = await waitUntil(`${name} has sent`, startsWithinMs, async () => {
    output = await engine.docker('logs', container.id)
    if (output.includes('sent')) return { hasSent: true }
    return (await engine.inspectState(container.id)).Status !== 'running' && { hasSent: false }
  })
  if (!isOver.hasSent) throw new Error(`${name} ended: ${output}`)
  return container
}

function waitFor(address: string, command: readonly string[]): readonly string[] {
  const script = `until ping -c 1 -W 1 ${address} >/dev/null; do :; done; exec "$@"`
  return ['sh', '-c', script, 'sh', ...command]
}

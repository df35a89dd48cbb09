import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import type { PrivateEngine } from '../engine/private-engine.ts'

const run = promisify(execFile)
const healthcheck = { interval: '2s' }

/** What the tests read of a Compose file. */
interface ComposeFile {
  readonly services: Readonly<Record<string, { readonly volumes: readonly string[] }>>
}

/** Mounts of a usual host's engine, in a Compose file or a command, become those of this one. */
export function relocateMounts(text: string, engine: PrivateEngine): string {
  return text
    .replace('/var/run/docker.sock:/', `${engine.socketPath}:/`)
    .replace('/var/lib/docker/containers/:/', `${logFolder(engine)}:/`)
    .replace('/var/run/datadog/:', `${join(engine.root, 'sockets')}:`)
}

/** One more mount: the engine names its log files by where they are on the host. */
export function logMount(engine: PrivateEngine): string {
  return `${logFolder(engine)}:${logFolder(engine)}:ro`
}

/**
 * Starts what the Compose file says, by `docker-compose`; on top of it come only the places of a private engine, and health checks every 2 s.
 * @param path From the root of the repository.
 * @returns Ids of the containers, by service.
 */
export async function composeUp(
  engine: PrivateEngine,
  path: string,
): Promise<ReadonlyMap<string, string>> {
  const file = resolve(path)
  const override = join(engine.root, 'override.yaml')
  const { services }: ComposeFile = parse(await readFile(file, 'utf8'))
  const changes = Object.entries(services).map(([name, { volumes }]) => [
    name,
    { volumes: volumes.flatMap((mount) => placesOf(mount, engine)), healthcheck },
  ])
  await writeFile(override, JSON.stringify({ services: Object.fromEntries(changes) }))
  await run('docker-compose', ['-p', 'vigie', '-f', file, '-f', override, 'up', '-d'], {
    env: { ...process.env, DOCKER_HOST: engine.dockerHost },
  })
  const ids = Object.keys(services).map(async (name): Promise<[string, string]> => {
    const isOf = `label=com.docker.compose.service=${name}`
    return [name, await engine.docker('ps', '--quiet', '--filter', isOf)]
  })
  return new Map(await Promise.all(ids))
}

function placesOf(mount: string, engine: PrivateEngine): readonly string[] {
  const here = relocateMounts(mount, engine)
  return here.startsWith(logFolder(engine)) ? [here, logMount(engine)] : [here]
}

function logFolder({ root }: PrivateEngine): string {
  return join(root, 'data/containers')
}

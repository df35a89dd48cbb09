import { z } from 'zod'
import type { EngineClient } from './engine-client.ts'

const schema = z.looseObject({ DockerRootDir: z.string() })

/**
 * Asks for the folder in which the engine keeps its containers, as the engine sees it: `/var/lib/docker`.
 * @returns `undefined` when it does not tell.
 * @throws {EngineError} When it cannot be asked.
 * @see Docker Engine API, SystemInfo
 */
export async function askRootDir(
  client: Pick<EngineClient, 'get'>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { data } = schema.safeParse(await client.get('/info', signal))
  return data === undefined || data.DockerRootDir === '' ? undefined : data.DockerRootDir
}

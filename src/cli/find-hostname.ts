import { existsSync } from 'node:fs'
import { hostname as ownName } from 'node:os'
import { z } from 'zod'
import type { Settings } from '../config/settings.ts'
import { createEngineClient } from '../docker/engine-client.ts'
import { parseEndpoint } from '../docker/endpoint.ts'

const infoSchema = z.looseObject({ Name: z.string().min(1) })

/**
 * What this host is called: as configured; inside a container what the engine calls its host, because our own name is the
 * container's; else what the system says.
 */
export async function findHostname({ hostname, docker }: Settings): Promise<string> {
  if (hostname !== undefined) return hostname
  if (!existsSync('/.dockerenv')) return ownName()
  try {
    const endpoint = parseEndpoint(docker.host, {
      ...(docker.certPath !== undefined && { certPath: docker.certPath }),
      shouldVerify: docker.shouldVerifyTls,
    })
    const client = createEngineClient(endpoint, docker.queryTimeoutMs)
    const { Name } = infoSchema.parse(await client.get('/info'))
    client.close()
    return Name
  } catch {
    return ownName()
  }
}

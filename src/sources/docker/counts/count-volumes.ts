import { z } from 'zod'
import type { EngineClient } from '../../../docker/engine-client.ts'
import type { Counting } from './kept-series.ts'

const schema = z.looseObject({ Volumes: z.array(z.unknown()).nullish() })

/** `docker.volume.count`, of volumes that a container has and of those that none has. */
export async function countVolumes(
  client: EngineClient,
  signal: AbortSignal,
): Promise<readonly Counting[]> {
  const [attached, dangling] = await Promise.all([
    countWith(client, 'false', signal),
    countWith(client, 'true', signal),
  ])
  const metric = 'docker.volume.count'
  return [
    { metric, value: attached, tags: ['volume_state:attached'] },
    { metric, value: dangling, tags: ['volume_state:dangling'] },
  ]
}

async function countWith(
  client: EngineClient,
  dangling: string,
  signal: AbortSignal,
): Promise<number> {
  const filters = encodeURIComponent(JSON.stringify({ dangling: [dangling] }))
  const { Volumes } = schema.parse(await client.get(`/volumes?filters=${filters}`, signal))
  return Volumes?.length ?? 0
}

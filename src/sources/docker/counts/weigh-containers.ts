import { z } from 'zod'
import type { EngineClient } from '../../../docker/engine-client.ts'
import type { Counting } from './kept-series.ts'

/** The engine leaves a size of zero out. */
const sizeBytes = z.number().min(0).catch(0)
const listSchema = z.array(
  z.looseObject({
    Id: z.string(),
    State: z.string().catch(''),
    SizeRw: sizeBytes,
    SizeRootFs: sizeBytes,
  }),
)

/**
 * `docker.container.size_rw` and `docker.container.size_rootfs` of the running containers that have tags: the engine walks
 * over all their files for it. A container of which it knows neither size has none here.
 * @param tagsOf Tags of a container by its id; `undefined` for one that is not watched.
 */
export async function weighContainers(
  client: EngineClient,
  tagsOf: (id: string) => readonly string[] | undefined,
  signal: AbortSignal,
): Promise<readonly Counting[]> {
  const containers = listSchema.parse(await client.get('/containers/json?size=1', signal))
  return containers.flatMap(({ Id, State, SizeRw, SizeRootFs }) => {
    const tags = State === 'running' ? tagsOf(Id) : undefined
    if (tags === undefined || (SizeRw === 0 && SizeRootFs === 0)) return []
    return [
      { metric: 'docker.container.size_rw', value: SizeRw, tags },
      { metric: 'docker.container.size_rootfs', value: SizeRootFs, tags },
    ]
  })
}

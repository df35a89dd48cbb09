import { z } from 'zod'
import type { EngineClient } from '../../../docker/engine-client.ts'
import { makeImageTags } from '../identity/container-tags.ts'
import { nameImage } from '../identity/image-name.ts'
import type { Counting } from './kept-series.ts'

const imageSchema = z.looseObject({
  Id: z.string(),
  RepoTags: z.array(z.string()).nullish().catch([]),
  RepoDigests: z.array(z.string()).nullish().catch([]),
  Size: z.number().min(0).optional().catch(undefined),
  VirtualSize: z.number().min(0).optional().catch(undefined),
})
const listSchema = z.array(imageSchema)

/** `docker.images.available` and, of the layers that only builds use, `docker.images.intermediate`. */
export async function countImages(
  client: EngineClient,
  signal: AbortSignal,
): Promise<readonly Counting[]> {
  const [named, all] = await Promise.all(
    ['/images/json', '/images/json?all=1'].map(
      async (path) => z.array(z.unknown()).parse(await client.get(path, signal)).length,
    ),
  )
  if (named === undefined || all === undefined) return []
  return [
    { metric: 'docker.images.available', value: named, tags: [] },
    { metric: 'docker.images.intermediate', value: Math.max(0, all - named), tags: [] },
  ]
}

/**
 * `docker.image.size` and `docker.image.virtual_size` of each image. The engine tells the second only up to API 1.43, and
 * since Docker 1.10 it is the first one.
 */
export async function weighImages(
  client: EngineClient,
  signal: AbortSignal,
): Promise<readonly Counting[]> {
  const images = listSchema.parse(await client.get('/images/json', signal))
  return images.flatMap(({ Id, RepoTags, RepoDigests, Size: size, VirtualSize }) => {
    const names = { repoTags: RepoTags ?? [], repoDigests: RepoDigests ?? [] }
    const tags = makeImageTags(nameImage(Id, Id, names), Id)
    const virtual = VirtualSize ?? size
    return [
      ...(size === undefined ? [] : [{ metric: 'docker.image.size', value: size, tags }]),
      ...(virtual === undefined
        ? []
        : [{ metric: 'docker.image.virtual_size', value: virtual, tags }]),
    ]
  })
}

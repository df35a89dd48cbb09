import { z } from 'zod'
import type { EngineClient } from '../../../docker/engine-client.ts'
import { isImageId, type ImageNames } from './image-name.ts'

const names = z.array(z.string()).nullish().catch([])
const schema = z.looseObject({ RepoTags: names, RepoDigests: names })

/** Images whose names are remembered. */
const maxImages = 1000

/** The names of images that containers were made from by their id: the engine is asked once for each. */
export class ImageDirectory {
  readonly #client: EngineClient
  readonly #onLearnt: (imageId: string) => void
  /** `undefined` while the engine is asked. */
  readonly #images = new Map<string, ImageNames | undefined>()

  /** @param onLearnt Told once the names of an image are known. */
  constructor(client: EngineClient, onLearnt: (imageId: string) => void) {
    this.#client = client
    this.#onLearnt = onLearnt
  }

  /** @returns `undefined` for an image that is not known, or not yet. */
  namesOf(imageId: string): ImageNames | undefined {
    return this.#images.get(imageId)
  }

  /** Asks for the names of an image if `image`, what the container was asked for with, is but an id. Never throws. */
  async learn({ image, imageId }: { image: string; imageId: string }): Promise<void> {
    if (!isImageId(image, imageId) || this.#images.has(imageId)) return
    this.#images.set(imageId, undefined)
    this.#forgetOldest()
    try {
      const json = await this.#client.get(`/images/${encodeURIComponent(imageId)}/json`)
      const { RepoTags, RepoDigests } = schema.parse(json ?? {})
      this.#images.set(imageId, { repoTags: RepoTags ?? [], repoDigests: RepoDigests ?? [] })
      this.#onLearnt(imageId)
    } catch {
      // Asked again with the next container of the image, or the next change of this one.
      this.#images.delete(imageId)
    }
  }

  #forgetOldest(): void {
    if (this.#images.size <= maxImages) return
    for (const oldest of this.#images.keys()) {
      this.#images.delete(oldest)
      return
    }
  }
}

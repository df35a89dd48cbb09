import type { BoardedContainer, ContainerBoard } from '../../../component/container-board.ts'
import type { EngineContainer } from '../../../docker/parse-inspect.ts'
import type { Identity } from './create-identity.ts'

export interface BoardParts {
  readonly board: ContainerBoard
  readonly makeTags: Identity['makeTags']
  /** The name of an image that was asked for by its id. */
  readonly imageNameOf: (image: string, imageId: string) => string
}

/**
 * Puts every container of the engine on the board, from its creation to its removal, whether its figures are watched or
 * not. What is there when the source ends stays: the next run replaces it.
 */
export class BoardPublisher {
  readonly #parts: BoardParts

  constructor(parts: BoardParts) {
    this.#parts = parts
  }

  /** Takes the whole list of the engine: what is neither in it nor in `otherIds` is gone. */
  replaceAll(containers: readonly EngineContainer[], otherIds: readonly string[]): void {
    const { board } = this.#parts
    const listed = new Set([...containers.map(({ id }) => id), ...otherIds])
    for (const id of listBoarded(board)) if (!listed.has(id)) board.remove(id)
    for (const container of containers) this.put(container)
  }

  /** Takes what the engine now says of one container. */
  put(container: EngineContainer): void {
    const { board, makeTags, imageNameOf } = this.#parts
    const image = imageNameOf(container.image, container.imageId)
    board.put(toBoarded(container, image, makeTags(container).high))
  }

  remove(id: string): void {
    this.#parts.board.remove(id)
  }
}

/** What others are told of a container. */
export function toBoarded(
  container: EngineContainer,
  image: string,
  tags: readonly string[],
): BoardedContainer {
  const { id, name, runtime, labels, state, createdAtMs, startedAtMs, finishedAtMs, log } =
    container
  return {
    id,
    name,
    image,
    runtime,
    labels,
    tags,
    state,
    createdAtMs,
    ...(startedAtMs !== undefined && { startedAtMs }),
    ...(finishedAtMs !== undefined && { finishedAtMs }),
    log,
  }
}

function listBoarded(board: ContainerBoard): readonly string[] {
  const ids: string[] = []
  const leave = board.follow({ onPut: ({ id }) => ids.push(id), onGone() {} })
  leave()
  return ids
}

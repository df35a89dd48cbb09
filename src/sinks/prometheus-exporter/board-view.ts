import type { BoardedContainer, ContainerBoard } from '../../component/container-board.ts'
import type { ContainerReadings } from '../../component/container-readings.ts'
import type { SeenContainer } from './families/container-family.ts'

/** The running containers of the board with what was read of them last. */
export class BoardView {
  readonly #readings: ContainerReadings
  readonly #containers = new Map<string, BoardedContainer>()
  readonly #stopFollowing: () => void

  constructor(board: ContainerBoard, readings: ContainerReadings) {
    this.#readings = readings
    this.#stopFollowing = board.follow({
      onPut: (container) => this.#containers.set(container.id, container),
      onGone: (id) => this.#containers.delete(id),
    })
  }

  /** The oldest first, at most `max`; and how many more there are. */
  take(max: number): { readonly seen: readonly SeenContainer[]; readonly leftOut: number } {
    const seen: SeenContainer[] = []
    for (const container of this.#containers.values()) {
      const reading = this.#readings.find(container.id)
      if (reading !== undefined) seen.push({ container, reading })
    }
    seen.sort((one, other) => one.container.createdAtMs - other.container.createdAtMs)
    return { seen: seen.slice(0, max), leftOut: Math.max(0, seen.length - max) }
  }

  close(): void {
    this.#stopFollowing()
  }
}

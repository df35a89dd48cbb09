import type { BoardedContainer, BoardListener, ContainerBoard } from './container-board.ts'

/** An empty board. */
export function createContainerBoard(): ContainerBoard {
  const containers = new Map<string, BoardedContainer>()
  const listeners = new Set<BoardListener>()
  return {
    put(container) {
      containers.set(container.id, container)
      for (const { onPut } of listeners) onPut(container)
    },
    remove(id) {
      if (!containers.delete(id)) return
      for (const { onGone } of listeners) onGone(id)
    },
    find: (id) => containers.get(id),
    follow(listener) {
      listeners.add(listener)
      for (const container of containers.values()) listener.onPut(container)
      return () => listeners.delete(listener)
    },
  }
}

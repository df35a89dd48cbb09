/** Something that happens, and those who want to know. */
export interface Signal {
  /** Calls `listener` each time it happens; what comes back ends that. */
  readonly subscribe: (listener: () => void) => () => void
  readonly emit: () => void
}

/** A signal without listeners. A listener may leave while it is called. */
export function createSignal(): Signal {
  const listeners = new Set<() => void>()
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    emit() {
      for (const listener of listeners) listener()
    },
  }
}

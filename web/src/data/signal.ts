/** Something that happens, and those who want to know; a `Value` tells what. */
export interface Signal<Value = void> {
  /** Calls `listener` each time it happens; what comes back ends that. */
  readonly subscribe: (listener: (value: Value) => void) => () => void
  readonly emit: (value: Value) => void
}

/** A signal without listeners. A listener may leave while it is called. */
export function createSignal<Value = void>(): Signal<Value> {
  const listeners = new Set<(value: Value) => void>()
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    emit(value) {
      for (const listener of listeners) listener(value)
    },
  }
}

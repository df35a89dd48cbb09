import type { StateFile } from './state-file.ts'

/** Finds records of a document by one of their texts; the index is made anew when the document has changed. */
export function createIndex<State, Item>(
  file: StateFile<State>,
  list: (state: State) => readonly Item[],
  keyOf: (item: Item) => string,
): (key: string) => Item | undefined {
  let of: State | undefined
  let items = new Map<string, Item>()
  return (key) => {
    const state = file.state()
    if (state !== of) {
      of = state
      items = new Map(list(state).map((item) => [keyOf(item), item]))
    }
    return items.get(key)
  }
}

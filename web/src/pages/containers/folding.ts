/** Which groups have their rows folded away: these, or all but these. */
export interface Folding {
  readonly isAll: boolean
  /** Keys of groups, as {@link groupKey} writes them. */
  readonly keys: readonly string[]
}

/** Every group shows its rows. */
export const nothingFolded: Folding = { isAll: false, keys: [] }

/** Every group is a single line. */
export const allFolded: Folding = { isAll: true, keys: [] }

const everything = '*'
const nameless = '~'

/** What tells a group from all others: its own name and before it those of the groups it lies in, without signs of lists. */
export function groupKey(path: readonly string[]): string {
  return path.map((name) => name.replaceAll(/[%,/*~]/g, escapeSign) || nameless).join('/')
}

/** Whether the rows of a group are folded away. */
export function isFolded({ isAll, keys }: Folding, key: string): boolean {
  return keys.includes(key) !== isAll
}

/** The folding after a group was opened or closed. */
export function toggleFolded({ isAll, keys }: Folding, key: string): Folding {
  return {
    isAll,
    keys: keys.includes(key) ? keys.filter((other) => other !== key) : [...keys, key],
  }
}

/** `shop,blog/web`; `*,shop` for all but one; nothing where nothing is folded. */
export function writeFolding({ isAll, keys }: Folding): string {
  return [...(isAll ? [everything] : []), ...keys].join(',')
}

/** The folding an address asks for. */
export function readFolding(text: string): Folding {
  if (text === '') return nothingFolded
  const keys = text.split(',').filter((key) => key !== '')
  return { isAll: keys.includes(everything), keys: keys.filter((key) => key !== everything) }
}

/** `encodeURIComponent` leaves `*` and `~` as they are. */
function escapeSign(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
}

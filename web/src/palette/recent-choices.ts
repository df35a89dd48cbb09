const place = 'vigie.palette.recent'
const mostKept = 20

/** Ids of what was chosen in this browser, the last one first; empty where nothing is kept, or nothing may be. */
export function readRecent(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '[]')
    if (!Array.isArray(kept)) return []
    return kept.filter((id) => typeof id === 'string').slice(0, mostKept)
  } catch {
    return []
  }
}

/** Keeps what was chosen, and forgets what was chosen long ago. */
export function keepRecent(id: string): void {
  const kept = [id, ...readRecent().filter((known) => known !== id)].slice(0, mostKept)
  try {
    localStorage.setItem(place, JSON.stringify(kept))
  } catch {
    // A browser that keeps nothing works as well.
  }
}

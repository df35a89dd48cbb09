import { useEffect } from 'react'

import { readView, writeView, type View } from './view.ts'

const name = 'vigie.columns'

/** Remembers the columns that the reader chose: an address that names none gets them, so that it can be copied as it is seen. */
export function useKeptColumns(view: View, onView: (change: Partial<View>) => void): void {
  useEffect(() => {
    if (view.columns.length > 0) return
    const { columns } = readView({ cols: read() })
    if (columns.length > 0) onView({ columns })
    // Only when the page opens: a reader who goes back to the columns of the page wants those.
  }, [])
}

/** Keeps the columns that were chosen, or forgets them where the page is to choose again. */
export function keepColumns(columns: View['columns']): void {
  const { cols } = writeView({ columns })
  try {
    if (cols === undefined) localStorage.removeItem(name)
    else localStorage.setItem(name, cols)
  } catch {
    // A browser that keeps nothing for us still shows them.
  }
}

function read(): string {
  try {
    return localStorage.getItem(name) ?? ''
  } catch {
    return ''
  }
}

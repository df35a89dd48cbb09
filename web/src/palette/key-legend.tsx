import type { ReactElement } from 'react'

import { say, type PaletteMessageKey } from '../messages/palette.ts'

const keys: readonly (readonly [key: string, about: PaletteMessageKey])[] = [
  ['↑ ↓', 'palette.keys.choose'],
  ['↵', 'palette.keys.open'],
  ['Alt ↵', 'palette.keys.logs'],
  ['⇧ ↵', 'palette.keys.searchLogs'],
]

/** What the keys do while the palette is open. */
export function KeyLegend(): ReactElement {
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-1 max-sm:hidden">
      {keys.map(([key, about]) => (
        <li key={about}>
          <kbd>{key}</kbd> {say(about)}
        </li>
      ))}
    </ul>
  )
}

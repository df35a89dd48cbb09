import { useEffect, useRef } from 'react'

import type { ShortcutKey } from './shortcut-list.ts'

/** What to do at a key of the list, named as `KeyboardEvent.key` names it, or at two in a row: `g c`. */
export type Shortcuts = Readonly<Partial<Record<ShortcutKey, () => void>>>

/** How long the first key of two waits for the second. */
const pairMs = 1200

/** Listens to keys for as long as the component is shown. Keys typed into a field, or with Ctrl, Alt or ⌘, are left alone. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts)
  useEffect(() => {
    current.current = shortcuts
  })
  useEffect(() => {
    let first: { readonly key: string; readonly atMs: number } | undefined
    function press(event: KeyboardEvent): void {
      if (event.defaultPrevented || isForSomethingElse(event)) return
      const isPair = first !== undefined && event.timeStamp - first.atMs < pairMs
      const known: Readonly<Partial<Record<string, () => void>>> = current.current
      const action = (isPair && known[`${first?.key} ${event.key}`]) || known[event.key]
      first = { key: event.key, atMs: event.timeStamp }
      if (!action) return
      event.preventDefault()
      action()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
}

function isForSomethingElse(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.altKey || event.metaKey) return true
  const { target } = event
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('dialog')) return true
  if (target.matches('input, textarea, select')) return true
  const isPress = event.key === 'Enter' || event.key === ' '
  return isPress && target.matches('button, a, summary')
}

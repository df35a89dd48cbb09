import type { Virtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useState, type RefObject } from 'react'

import { useShortcuts } from '../shell/shortcuts.ts'
import type { ListItem } from './list-items.ts'

/**
 * `j` and `k` choose the next and the previous line, Enter opens and closes it, Escape closes it. Returns the key of the chosen
 * one.
 */
export function useRowKeys(options: {
  readonly items: readonly ListItem[]
  readonly box: RefObject<HTMLElement | null>
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>
  readonly isOpen: (item: ListItem) => boolean
  readonly onToggle: (item: ListItem) => void
}): string | undefined {
  const { items, box, virtualizer, isOpen, onToggle } = options
  const [chosen, setChosen] = useState<string>()
  function step(by: 1 | -1): void {
    const now = items.findIndex(({ key }) => key === chosen)
    // The first key chooses the first line in sight.
    const from = now < 0 ? (virtualizer.range?.startIndex ?? 0) - 1 : now
    const index = nextLine(items, from, now < 0 ? 1 : by)
    const key = items[index]?.key
    if (key === undefined) return
    setChosen(key)
    // With the heading above it, which would stay out of sight else.
    virtualizer.scrollToIndex(items[index - 1]?.kind === 'heading' ? index - 1 : index)
    virtualizer.scrollToIndex(index)
  }
  useLayoutEffect(() => {
    if (chosen === undefined || focusLine(box.current, chosen)) return undefined
    // The line only comes into being with the scrolling.
    const frame = requestAnimationFrame(() => focusLine(box.current, chosen))
    return () => cancelAnimationFrame(frame)
  }, [box, chosen])
  const item = items.find(({ key }) => key === chosen)
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    Enter: () => {
      if (item !== undefined) onToggle(item)
    },
    ...(item !== undefined && isOpen(item) && { Escape: () => onToggle(item) }),
  })
  return chosen
}

/** Whether there is a line with that key to take the focus. */
function focusLine(list: HTMLElement | null, key: string): boolean {
  const button = list?.querySelector(`[data-key="${CSS.escape(key)}"] .happening-time`)
  if (!(button instanceof HTMLElement)) return false
  button.focus({ preventScroll: true })
  return true
}

/** The next item that is no heading, from `index`. */
function nextLine(items: readonly ListItem[], index: number, by: 1 | -1): number {
  let at = index + by
  while (items[at]?.kind === 'heading') at += by
  return at
}

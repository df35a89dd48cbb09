import type { Virtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useState, type RefObject } from 'react'

import type { LogItem } from '../data/log-item.ts'
import { useShortcuts } from '../shell/shortcuts.ts'

/**
 * `j` and `k` choose the next and the previous line, Enter opens and closes it, Escape closes it. Returns the key of the chosen
 * one.
 */
export function useLineKeys(options: {
  readonly items: readonly LogItem[]
  readonly box: RefObject<HTMLElement | null>
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>
  readonly openKeys: ReadonlySet<string>
  readonly onToggle: (key: string) => void
  readonly onAtEnd: ((isAtEnd: boolean) => void) | undefined
}): string | undefined {
  const { items, box, virtualizer, openKeys, onToggle, onAtEnd } = options
  const [chosen, setChosen] = useState<string>()
  function step(by: 1 | -1): void {
    const now = items.findIndex(({ key }) => key === chosen)
    // The first key chooses the last line in sight.
    const inSight = (virtualizer.range?.endIndex ?? items.length - 1) + 1
    const index = now < 0 ? nextLine(items, inSight, -1) : nextLine(items, now, by)
    const key = items[index]?.key
    if (key === undefined) return
    onAtEnd?.(false)
    setChosen(key)
    virtualizer.scrollToIndex(index, { align: 'auto' })
  }
  useLayoutEffect(() => {
    if (chosen === undefined) return undefined
    if (focusRow(box.current, chosen)) return undefined
    // The row only comes into being with the scrolling.
    const frame = requestAnimationFrame(() => focusRow(box.current, chosen))
    return () => cancelAnimationFrame(frame)
  }, [box, chosen])
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    Enter: () => {
      if (chosen !== undefined) onToggle(chosen)
    },
    ...(chosen !== undefined && openKeys.has(chosen) && { Escape: () => onToggle(chosen) }),
  })
  return chosen
}

/** Whether there is a row with that key to take the focus. */
function focusRow(list: HTMLElement | null, key: string): boolean {
  const button = list?.querySelector(`[data-line="${CSS.escape(key)}"] .log-time`)
  if (!(button instanceof HTMLElement)) return false
  button.focus({ preventScroll: true })
  return true
}

/** The next item that is a line, from `index`. */
function nextLine(items: readonly LogItem[], index: number, by: 1 | -1): number {
  let at = index + by
  while (items[at]?.kind === 'gap') at += by
  return at
}

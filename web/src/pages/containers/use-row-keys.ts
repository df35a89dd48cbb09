import { useEffect, useRef } from 'react'

import { useOpenContainer } from '../../past/use-moment.ts'
import { useShortcuts } from '../../shell/shortcuts.ts'
import type { Line } from './arrange-rows.ts'
import { shortIdLength } from './view.ts'

/** `j` and `k` choose the next and the previous row, Enter opens the chosen one. */
export function useRowKeys(options: {
  readonly lines: readonly Line[]
  readonly chosen: string
  readonly onChoose: (chosen: string, index: number) => void
}): void {
  const { lines, chosen, onChoose } = options
  const open = useOpenContainer()
  const focusNext = useRef(false)
  function step(by: 1 | -1): void {
    const index = nextRow(lines, indexOf(lines, chosen), by)
    const id = index === undefined ? undefined : idOf(lines[index])
    if (index === undefined || id === undefined) return
    focusNext.current = true
    onChoose(id.slice(0, shortIdLength), index)
  }
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    Enter: () => {
      const id = idOf(lines[indexOf(lines, chosen)])
      if (id !== undefined) open(id)
    },
  })
  useEffect(() => {
    if (!focusNext.current || chosen === '') return
    focusNext.current = false
    // The row may only come into being with the scrolling that follows.
    requestAnimationFrame(() => {
      const link = document.querySelector<HTMLElement>(`[data-id^="${chosen}"] a`)
      link?.focus({ preventScroll: true })
    })
  }, [chosen])
}

function indexOf(lines: readonly Line[], chosen: string): number {
  if (chosen === '') return -1
  return lines.findIndex((line) => idOf(line)?.startsWith(chosen) === true)
}

/** The next line that is a row, from `index`; the first or the last when nothing is chosen. */
function nextRow(lines: readonly Line[], index: number, by: 1 | -1): number | undefined {
  const isNone = index < 0
  let at = isNone && by < 0 ? lines.length - 1 : index + by
  while (lines[at]?.kind === 'group') at += by
  return lines[at] === undefined ? undefined : at
}

function idOf(line: Line | undefined): string | undefined {
  return line?.kind === 'row' ? line.row.container.id : undefined
}

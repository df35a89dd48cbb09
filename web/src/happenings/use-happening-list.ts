import { useVirtualizer, type ReactVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useMemo, useRef, type RefObject } from 'react'

import type { HappeningRow } from '../../../src/api/contract/happenings.ts'
import { useMedia } from '../elements/use-media.ts'
import { groupBursts } from './group-bursts.ts'
import { listItems, type HeadingStep, type ListItem } from './list-items.ts'
import { useOpenLines, type OpenLines } from './use-open-lines.ts'
import { useRowKeys } from './use-row-keys.ts'

/** What stands below the last row. */
export const endPx = 40
/** As `happenings.css` has them: closed lines, on a phone with a second line, and headings. */
const linePx = 26
const tallLinePx = 48
export const headingPx = 30

/** This near to the last line more is asked for. */
const nearLines = 40
/** Further away from the top than this the reader has left it. */
const topPx = 24

/** What a list of happenings is told. */
export interface HappeningListOptions {
  readonly rows: readonly HappeningRow[]
  readonly step: HeadingStep
  /** The row that a link led to; empty when there is none. */
  readonly marked: string
  readonly onNearEnd: () => void
  /** The reader is at the top and looks at nothing that is open, or not. */
  readonly onAtTop: (isAtTop: boolean) => void
  /** Changes when the reader wants to see the newest. */
  readonly topRequest: number
}

/** Which lines are in sight, open and chosen. */
export function useHappeningList(
  box: RefObject<HTMLDivElement | null>,
  options: HappeningListOptions,
): {
  readonly items: readonly ListItem[]
  readonly virtualizer: ReactVirtualizer<HTMLDivElement, Element>
  readonly open: OpenLines
  readonly chosenKey: string | undefined
} {
  const { rows, step, marked } = options
  const open = useOpenLines(marked)
  const entries = useMemo(() => groupBursts(rows), [rows])
  const items = useMemo(() => listItems(entries, open.bursts, step), [entries, open.bursts, step])
  const isTall = useMedia('(max-width: 47.99rem)')
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => {
      if (items[index]?.kind === 'heading') return headingPx
      return isTall ? tallLinePx : linePx
    },
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 8,
    paddingEnd: endPx,
  })
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, isTall])
  usePlace(virtualizer, items, options)
  useEdges(virtualizer, items.length, { ...options, isLooking: isLooking(open) })
  const onToggle = (item: ListItem): void => {
    if (item.kind === 'row') open.toggleRow(item.key)
    if (item.kind === 'burst') open.toggleBurst(item.burst)
  }
  const isOpen = (item: ListItem): boolean =>
    item.kind === 'burst' ? item.isOpen : open.rows.has(item.key)
  const chosenKey = useRowKeys({ items, box, virtualizer, isOpen, onToggle })
  return { items, virtualizer, open, chosenKey }
}

function isLooking({ rows, bursts }: OpenLines): boolean {
  return rows.size > 0 || bursts.size > 0
}

/** Goes to the row that was looked for, as soon as it is there; and to the top when that is what the reader asks for. */
function usePlace(
  virtualizer: ReactVirtualizer<HTMLDivElement, Element>,
  items: readonly ListItem[],
  { marked, topRequest, onNearEnd }: HappeningListOptions,
): void {
  const isPlaced = useRef(marked === '')
  useLayoutEffect(() => {
    if (isPlaced.current) return
    const index = items.findIndex(({ kind, key }) => kind === 'row' && key === marked)
    if (index < 0) {
      onNearEnd()
      return
    }
    isPlaced.current = true
    virtualizer.scrollToIndex(index, { align: 'center' })
  }, [virtualizer, items, marked, onNearEnd])
  useLayoutEffect(() => {
    if (topRequest > 0) virtualizer.scrollToOffset(0)
  }, [virtualizer, topRequest])
}

/** Tells when the reader comes near the end, reaches the top, or leaves it. */
function useEdges(
  virtualizer: ReactVirtualizer<HTMLDivElement, Element>,
  count: number,
  options: HappeningListOptions & { readonly isLooking: boolean },
): void {
  const { isLooking: looks, onNearEnd, onAtTop } = options
  const lastIndex = virtualizer.range?.endIndex ?? 0
  useEffect(() => {
    if (count > 0 && lastIndex > count - nearLines) onNearEnd()
  }, [count, lastIndex, onNearEnd])
  useEffect(() => {
    const box = virtualizer.scrollElement
    if (!box) return undefined
    const look = (): void => onAtTop(!looks && box.scrollTop < topPx)
    look()
    box.addEventListener('scroll', look, { passive: true })
    return () => box.removeEventListener('scroll', look)
  }, [virtualizer.scrollElement, looks, onAtTop])
}

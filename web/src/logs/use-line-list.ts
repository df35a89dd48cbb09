import { useVirtualizer, type ReactVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type RefObject,
} from 'react'

import type { LogItem } from '../data/log-item.ts'
import type { LineLook } from './log-row.tsx'
import { createRowHeights } from './row-height.ts'
import { useLineKeys } from './use-line-keys.ts'
import { useLineMetrics } from './use-line-metrics.ts'

/** Heights in pixels of what stands above the first line and below the last, and of a gap between lines. */
export const edgePx = 40
export const gapPx = 32

/** This near to the first line more is asked for. */
const nearLines = 40
/** Further away from the end than this the reader has left it. */
const endPx = 24

type LineVirtualizer = Virtualizer<HTMLDivElement, Element>

/** What a list of lines is told. */
export interface LineListOptions {
  readonly items: readonly LogItem[]
  readonly look: LineLook
  /** The line that the list opens at; the newest when there is none. */
  readonly markedKey?: string | undefined
  /** Whether the list follows what comes in, as long as the reader is at its end. */
  readonly isFollowing?: boolean
  readonly onNearTop?: (() => void) | undefined
  /** The reader is at the end and looks at no line, or not. */
  readonly onAtEnd?: ((isAtEnd: boolean) => void) | undefined
  /** Changes when the reader wants to see the newest lines. */
  readonly endRequest?: number
}

/** Which lines are in sight, open and chosen. */
export function useLineList(
  box: RefObject<HTMLDivElement | null>,
  probe: RefObject<HTMLElement | null>,
  options: LineListOptions,
): {
  readonly virtualizer: ReactVirtualizer<HTMLDivElement, Element>
  readonly openKeys: ReadonlySet<string>
  readonly chosenKey: string | undefined
  readonly toggle: (key: string) => void
} {
  const { items, look, markedKey, isFollowing = false, onNearTop, onAtEnd } = options
  const metrics = useLineMetrics(probe)
  const heights = useMemo(
    () => createRowHeights(look.isWrapped, metrics),
    [look.isWrapped, metrics],
  )
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => {
      const item = items[index]
      return item?.kind === 'line' ? heights(item.row) : gapPx
    },
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 8,
    paddingStart: edgePx,
    paddingEnd: edgePx,
    anchorTo: 'end',
  })
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, heights, look])
  const hasLeft = useRef(false)
  usePlace(virtualizer, hasLeft, options)
  const { openKeys, toggle } = useOpenKeys(box, markedKey)
  const isLooking = openKeys.size > 0
  useLayoutEffect(() => {
    const list = box.current
    if (isFollowing && !isLooking && !hasLeft.current && list) list.scrollTop = list.scrollHeight
  })
  useEdges(virtualizer, { count: items.length, isLooking, hasLeft, onNearTop, onAtEnd })
  const chosenKey = useLineKeys({ items, box, virtualizer, openKeys, onToggle: toggle, onAtEnd })
  return { virtualizer, openKeys, chosenKey, toggle }
}

/** Begins at the line that was looked for; says that the reader is back at the end when that is what they ask for. */
function usePlace(
  virtualizer: LineVirtualizer,
  hasLeft: RefObject<boolean>,
  options: LineListOptions,
): void {
  const { items, markedKey, endRequest = 0 } = options
  const isPlaced = useRef(false)
  useLayoutEffect(() => {
    if (isPlaced.current || items.length === 0) return
    isPlaced.current = true
    const marked = items.findIndex(({ key }) => key === markedKey)
    if (marked >= 0) virtualizer.scrollToIndex(marked, { align: 'center' })
  }, [virtualizer, items, markedKey])
  useLayoutEffect(() => {
    if (endRequest > 0) hasLeft.current = false
  }, [hasLeft, endRequest])
}

/** The lines that are open. One that is opened is brought into sight, from its beginning where it is longer than the list. */
function useOpenKeys(
  box: RefObject<HTMLElement | null>,
  first: string | undefined,
): { readonly openKeys: ReadonlySet<string>; readonly toggle: (key: string) => void } {
  const [openKeys, setOpenKeys] = useState<ReadonlySet<string>>(
    () => new Set(first === undefined ? [] : [first]),
  )
  const toggle = useCallback(
    (key: string) => {
      setOpenKeys((before) => {
        const next = new Set(before)
        if (!next.delete(key)) next.add(key)
        return next
      })
      // A frame later the list knows the new height, and has moved its end to where it was.
      requestAnimationFrame(() => requestAnimationFrame(() => bringIntoSight(box.current, key)))
    },
    [box],
  )
  return { openKeys, toggle }
}

function bringIntoSight(box: HTMLElement | null, key: string): void {
  const row = box?.querySelector(`[data-line="${CSS.escape(key)}"]`)
  if (!box || !row) return
  row.scrollIntoView({ block: row.clientHeight > box.clientHeight ? 'start' : 'nearest' })
}

/** Tells when the reader comes near the top, reaches the end, or leaves it. */
function useEdges(
  virtualizer: LineVirtualizer,
  options: Pick<LineListOptions, 'onNearTop' | 'onAtEnd'> & {
    readonly count: number
    readonly isLooking: boolean
    /** Whether the reader has left the end, before anything else hears of it. */
    readonly hasLeft: RefObject<boolean>
  },
): void {
  const { count, isLooking, hasLeft, onNearTop, onAtEnd } = options
  const firstIndex = virtualizer.range?.startIndex ?? nearLines
  useEffect(() => {
    if (count > 0 && firstIndex < nearLines) onNearTop?.()
  }, [count, firstIndex, onNearTop])
  useEffect(() => {
    if (!isLooking) return
    hasLeft.current = true
    onAtEnd?.(false)
  }, [isLooking, hasLeft, onAtEnd])
  useEffect(() => {
    const box = virtualizer.scrollElement
    if (!box || !onAtEnd) return undefined
    let before = box.scrollTop
    function look(): void {
      if (!box) return
      const isUp = box.scrollTop < before
      before = box.scrollTop
      const isAtEnd = box.scrollHeight - box.clientHeight - box.scrollTop < endPx
      // Only a movement upwards leaves the end: what is added below moves it away, too.
      if (isAtEnd && !isLooking) tell(true)
      else if (isUp && !isAtEnd) tell(false)
    }
    function tell(isAtEnd: boolean): void {
      hasLeft.current = !isAtEnd
      onAtEnd?.(isAtEnd)
    }
    // Before the virtualizer, which draws the list anew at once.
    box.addEventListener('scroll', look, { passive: true, capture: true })
    return () => box.removeEventListener('scroll', look, { capture: true })
  }, [virtualizer.scrollElement, isLooking, hasLeft, onAtEnd])
}

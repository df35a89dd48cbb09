import {
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactElement,
} from 'react'

import { stateWord } from '../../../elements/container-state.ts'
import { isForBrowser } from '../../../elements/inner-link.tsx'
import { say } from '../../../messages/map.ts'
import { useContainerAddress, useOpenContainer } from '../../../past/use-moment.ts'
import { useShortcuts } from '../../../shell/shortcuts.ts'
import { shortIdLength } from '../view.ts'
import type { MapFigure } from './map-figures.ts'
import { tileAt, type MapLayout, type Tile } from './map-layout.ts'
import { isMove, nextTile, type Move } from './next-tile.ts'
import { TileCard } from './tile-card.tsx'

/** So long after the last key the address names the tile. */
const settleMs = 300
/** A card is about so high: where less of the page is above a tile it stands below it. */
const cardPx = 190

/**
 * The one link of the map: it lies over the tile that is pointed at or that the keys have reached, so that opening,
 * opening beside, copying the address and the ring of the focus are the browser's own.
 */
export function TileCursor(props: {
  readonly layout: MapLayout
  readonly figure: MapFigure
  readonly chosen: string
  readonly summaryId: string
  readonly isTouched: boolean
  readonly onChoose: (chosen: string) => void
}): ReactElement | null {
  const { layout, figure, chosen, summaryId, isTouched, onChoose } = props
  const [pointed, setPointed] = useState(chosen)
  const [isShown, setShown] = useState(false)
  const [said, setSaid] = useState('')
  const link = useRef<HTMLAnchorElement>(null)
  const settle = useSettled(onChoose)
  const openContainer = useOpenContainer()
  const { tiles } = layout
  const index = Math.max(0, pointed === '' ? 0 : tiles.findIndex((tile) => isOf(tile, pointed)))
  const tile = tiles[index]
  const address = useContainerAddress(tile?.row.container.id ?? '')

  function point(next: Tile | undefined): void {
    setShown(next !== undefined)
    if (next !== undefined) setPointed(shortId(next))
  }
  function move(key: Move): void {
    const next = tiles[isShown ? nextTile(tiles, index, key) : index]
    if (next === undefined) return
    point(next)
    setSaid(tileText(next, figure))
    settle(shortId(next))
    // The link moves there with the next drawing.
    requestAnimationFrame(() => {
      link.current?.focus({ preventScroll: true })
      link.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    })
  }
  function press(event: KeyboardEvent): void {
    if (!isMove(event.key) || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    move(event.key)
  }
  function pointAt(event: PointerEvent<HTMLElement> | MouseEvent<HTMLElement>): Tile | undefined {
    const box = event.currentTarget.getBoundingClientRect()
    return tileAt(tiles, event.clientX - box.left, event.clientY - box.top)
  }
  function open(event: MouseEvent<HTMLElement>): void {
    if (isForBrowser(event)) return
    event.preventDefault()
    // A click that a key made has no place.
    const hit = event.detail === 0 ? tile : pointAt(event)
    if (hit === undefined) return setShown(false)
    if (isTouched && !(isShown && hit === tile)) return point(hit)
    openContainer(hit.row.container.id)
  }
  useShortcuts({ j: () => move('ArrowRight'), k: () => move('ArrowLeft') })
  if (tile === undefined) return null
  return (
    <div
      role="group"
      aria-label={say('map.label')}
      aria-describedby={summaryId}
      className="absolute inset-0"
      onPointerMove={(event) => event.pointerType === 'mouse' && point(pointAt(event))}
      onPointerLeave={() => setShown(link.current === document.activeElement)}
      onClick={open}
      onKeyDown={press}
    >
      <a
        ref={link}
        href={address}
        className="map-cursor"
        data-shown={isShown || undefined}
        aria-label={tileText(tile, figure)}
        style={{ left: tile.left, top: tile.top, width: tile.width, height: tile.height }}
        onFocus={() => setShown(true)}
        onBlur={() => setShown(false)}
      />
      {isShown && (
        <TileCard
          tile={tile}
          figure={figure}
          mapWidth={layout.width}
          isBelow={isNearTop(link.current, tile)}
          isTouched={isTouched}
        />
      )}
      <p className="sr-only" aria-live="polite">
        {said}
      </p>
    </div>
  )
}

function isOf({ row }: Tile, id: string): boolean {
  return row.container.id.startsWith(id)
}

function shortId({ row }: Tile): string {
  return row.container.id.slice(0, shortIdLength)
}

/** What a tile shows, in words. */
function tileText({ row }: Tile, figure: MapFigure): string {
  const { container } = row
  const value = figure.value(row)
  return say('map.tile', {
    name: container.name,
    state: stateWord(container).about,
    figure: say(figure.title),
    value: value === undefined ? say(figure.unknown) : figure.text(value),
  })
}

/** Whether the card would not be seen above the tile. */
function isNearTop(link: HTMLElement | null, tile: Tile): boolean {
  const main = link?.closest('main')
  const map = link?.parentElement
  if (!main || !map) return true
  const mapTop = map.getBoundingClientRect().top - main.getBoundingClientRect().top
  return mapTop + tile.top < cardPx
}

/** Calls with the last of several values that follow each other closely. */
function useSettled(call: (value: string) => void): (value: string) => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return (value) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => call(value), settleMs)
  }
}

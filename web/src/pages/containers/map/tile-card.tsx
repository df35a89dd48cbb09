import type { ReactElement } from 'react'

import { readFigure, isRunning, type LiveRow } from '../../../data/live-row.ts'
import { useBeat } from '../../../data/live.ts'
import { Badge } from '../../../elements/badge.tsx'
import { stateWord } from '../../../elements/container-state.ts'
import { say, type MapMessageKey } from '../../../messages/map.ts'
import { percentQuantity, quantityText, shortPercentQuantity } from '../../../units/quantity.ts'
import { bytesText, rateText } from '../../../units/scaled-bytes.ts'
import type { MapFigure } from './map-figures.ts'
import type { Tile } from './map-layout.ts'

const width = 256
const missing = '–'

/** What the tile that is pointed at, or that the keys have reached, stands for. */
export function TileCard(props: {
  readonly tile: Tile
  readonly figure: MapFigure
  readonly mapWidth: number
  /** How much of the map can be seen above the tile: the card stands there where there is more room than below. */
  readonly isBelow: boolean
  readonly isTouched: boolean
}): ReactElement {
  const { tile, figure, mapWidth, isBelow, isTouched } = props
  useBeat(1000)
  const { row } = tile
  const { container } = row
  const { name, shortImage, host } = container
  const value = isRunning(container) ? figure.value(row) : undefined
  const left = Math.max(0, Math.min(tile.left + tile.width / 2 - width / 2, mapWidth - width))
  const top = isBelow ? tile.top + tile.height + 6 : tile.top - 6
  return (
    <div className="map-card" style={{ left, top, width, translate: isBelow ? '0 0' : '0 -100%' }}>
      <div className="font-semibold break-all text-ink">{name}</div>
      <div className="truncate text-faint">
        {shortImage} · {host}
      </div>
      <div className="mt-1 flex items-baseline justify-between gap-3">
        <Badge {...stateWord(container)} />
        <span>
          <span className="text-faint">{say(figure.title)} </span>
          <b className="text-ink">
            {value === undefined ? say(figure.unknown) : figure.text(value)}
          </b>
        </span>
      </div>
      {isRunning(container) && <Figures row={row} />}
      {isTouched && <div className="mt-1 text-faint">{say('map.tapAgain')}</div>}
    </div>
  )
}

function Figures({ row }: { readonly row: LiveRow }): ReactElement {
  const { cpuLimitCores, memoryLimitBytes } = row.container
  const cpuLimit =
    cpuLimitCores === null ? '' : quantityText(shortPercentQuantity(cpuLimitCores * 100))
  const memoryLimit = memoryLimitBytes === null ? '' : bytesText(memoryLimitBytes)
  const cpu = textOf(readFigure(row, 'cpu'), (value) => quantityText(percentQuantity(value)))
  const memory = textOf(readFigure(row, 'memory'), bytesText)
  const pair = (left: 'netRcvd' | 'ioRead', right: 'netSent' | 'ioWritten'): string =>
    `${textOf(readFigure(row, left), rateText)} / ${textOf(readFigure(row, right), rateText)}`
  const lines: readonly (readonly [MapMessageKey, string])[] = [
    ['column.cpu', withLimit(cpu, cpuLimit)],
    ['column.memory', withLimit(memory, memoryLimit)],
    ['map.network', pair('netRcvd', 'netSent')],
    ['map.disk', pair('ioRead', 'ioWritten')],
  ]
  return (
    <dl className="mt-1.5 grid grid-cols-[auto_1fr] gap-x-3 border-t border-line pt-1.5">
      {lines.map(([title, text]) => (
        <div key={title} className="contents">
          <dt className="text-faint">{say(title)}</dt>
          <dd className="text-right">{text}</dd>
        </div>
      ))}
    </dl>
  )
}

function withLimit(text: string, limit: string): string {
  return limit === '' ? text : `${text} ${say('table.of', { limit })}`
}

function textOf(value: number | undefined, text: (value: number) => string): string {
  return value === undefined ? missing : text(value)
}

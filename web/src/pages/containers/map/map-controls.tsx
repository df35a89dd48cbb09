import type { ReactElement } from 'react'

import { say, sayCount, type MapMessageKey } from '../../../messages/map.ts'
import type { View } from '../view.ts'
import { stepCount, valueAt } from './colour-scale.ts'
import { mapFigures, mapSizes } from './map-figures.ts'
import type { MapTheme } from './map-theme.ts'
import type { Colouring } from './tile-painter.ts'
import type { MapSummary } from './use-colouring.ts'

/** Where on the scale its values are written; on a bent one a sixteenth and a quarter of its end stand there. */
const ticks = { even: [0, 0.25, 0.5, 0.75, 1], bent: [0, 0.25, 0.5, 1] }

/** What the map shows: which figure colours and which sizes the tiles, what the colours stand for, and what they come to. */
export function MapControls(props: {
  readonly view: View
  readonly colouring: Colouring
  readonly summary: MapSummary
  readonly summaryId: string
  readonly theme: MapTheme
  readonly onView: (change: Partial<View>) => void
}): ReactElement {
  const { view, colouring, summary, summaryId, theme, onView } = props
  const { figure } = colouring
  return (
    <div
      data-above-table
      className="sticky left-0 flex w-[100cqw] flex-wrap items-center gap-x-4 gap-y-2 border-t border-line bg-panel px-3.5 py-2.5 sm:px-5"
    >
      <Select
        label="map.colour"
        value={figure.id}
        options={mapFigures}
        onChoose={(colour) => onView({ colour: colour === mapFigures[0].id ? '' : colour })}
      />
      <Select
        label="map.size"
        value={view.size || mapSizes[0].id}
        options={mapSizes}
        onChoose={(size) => onView({ size: size === mapSizes[0].id ? '' : size })}
      />
      <Legend colouring={colouring} theme={theme} />
      <p id={summaryId} className="text-soft">
        {summaryParts(colouring, summary).join(' · ')}
        <span className="sr-only"> {say('map.keys')}</span>
      </p>
    </div>
  )
}

function Select(props: {
  readonly label: MapMessageKey
  readonly value: string
  readonly options: readonly { readonly id: string; readonly title: MapMessageKey }[]
  readonly onChoose: (id: string) => void
}): ReactElement {
  return (
    <label className="control min-w-0 max-sm:flex-1 max-sm:basis-36">
      <span className="text-faint max-sm:sr-only">{say(props.label)}</span>
      <select
        className="min-w-0 truncate bg-transparent text-ink outline-none max-sm:flex-1"
        value={props.value}
        onChange={(event) => props.onChoose(event.target.value)}
      >
        {props.options.map(({ id, title }) => (
          <option key={id} value={id} className="bg-panel">
            {say(title)}
          </option>
        ))}
      </select>
    </label>
  )
}

function Legend(props: { readonly colouring: Colouring; readonly theme: MapTheme }): ReactElement {
  const { figure, scale } = props.colouring
  const { fills } = props.theme
  return (
    <figure
      aria-label={say('map.legend', { figure: say(figure.title) })}
      className="flex min-w-0 flex-wrap items-start gap-x-4 gap-y-1 text-2xs text-soft"
    >
      <div className="w-60">
        <div className="map-scale" aria-hidden="true">
          {Array.from({ length: stepCount }, (_, step) => (
            <span key={step} style={{ background: fills[step] }} />
          ))}
        </div>
        <div className="map-ticks">
          {ticks[scale.isBent ? 'bent' : 'even'].map((place) => (
            <span key={place} style={{ left: `${place * 100}%` }}>
              {figure.text(valueAt(scale, place))}
            </span>
          ))}
        </div>
      </div>
      <Key kind="hatched" text={say(figure.unknown)} />
      <Key kind="off" text={say('map.off')} />
      <Key kind="marked" text={say('map.needsLook')} />
    </figure>
  )
}

function Key(props: {
  readonly kind: 'hatched' | 'off' | 'marked'
  readonly text: string
}): ReactElement {
  return (
    <span className="flex items-center gap-1.5 max-sm:hidden">
      <span className="map-key" data-kind={props.kind} aria-hidden="true" />
      {props.text}
    </span>
  )
}

function summaryParts({ figure }: Colouring, summary: MapSummary): readonly string[] {
  const { knownCount, unknownCount, highCount, median, highest } = summary
  const { high } = figure
  return [
    sayCount('table.shown', knownCount + unknownCount),
    ...(median === undefined ? [] : [say('map.median', { value: figure.text(median) })]),
    ...(highest === undefined
      ? []
      : [say('map.highest', { value: figure.text(highest.value), name: highest.name })]),
    ...(highCount === undefined || high === undefined
      ? []
      : [sayCount('map.highCount', highCount, { value: figure.text(high) })]),
    ...(unknownCount === 0 ? [] : [sayCount('map.unknownCount', unknownCount)]),
  ]
}

import { useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import type uPlot from 'uplot'

import { unitScales } from './history-figures.ts'
import type { HistoryChartProps } from './history-chart.tsx'
import { layOutCurves, type HistoryColumns } from './history-columns.ts'
import { historyOptions, type HistoryHooks, type HistoryLook } from './history-options.ts'
import { openPlot, type Plot } from './open-plot.ts'
import { onSchemeChange } from './palette.ts'
import { writePointed } from './write-pointed.ts'

/** What is drawn now: hooks of the drawing read it, since they outlive an answer. */
export interface HistoryDrawing {
  readonly props: HistoryChartProps
  readonly scales: ReturnType<typeof unitScales>
  readonly columns: HistoryColumns
}

/**
 * Draws the lines of a chart into `box` past React: the pointer moves over them without a component rendered anew. What is
 * at the pointer is written into `figure`.
 */
export function useHistoryPlot(
  box: RefObject<HTMLElement | null>,
  figure: RefObject<HTMLElement | null>,
  props: HistoryChartProps,
): void {
  const { lines, isStacked = false, axis } = props
  const isLog = axis?.isLog ?? false
  const columns = useMemo(
    () =>
      layOutCurves(
        lines.map(({ curve }) => curve),
        { isStacked, isLog },
      ),
    [lines, isStacked, isLog],
  )
  // Of what is drawn: what is stacked reaches higher than any of its lines.
  const scales = useMemo(
    () =>
      unitScales(
        lines.map(({ curve }, line) => ({ unit: curve.unit, values: columns.drawn[line] ?? [] })),
      ),
    [lines, columns],
  )
  const drawing = useRef<HistoryDrawing>({ props, scales, columns })
  useEffect(() => {
    drawing.current = { props, scales, columns }
  })
  const look = useLook(props, [...scales.keys()])
  const scheme = useScheme()
  const plot = useRef<Plot>(undefined)
  useEffect(() => {
    if (box.current === null || figure.current === null) return undefined
    const hooks = hooksFor(drawing, figure.current)
    const opened = openPlot(
      box.current,
      (size) => historyOptions(look, hooks, size),
      dataOf(drawing.current.columns),
    )
    plot.current = opened
    return opened.end
  }, [box, figure, look, scheme])
  useEffect(() => {
    if (plot.current === undefined || figure.current === null) return
    plot.current.setData(dataOf(columns))
    writePointed(plot.current.chart, drawing.current, figure.current)
  }, [look, scheme, figure, columns, props.span, props.markers, props.events])
  useEffect(() => {
    const at = lines.findIndex(({ curve }) => curve.key === props.highlighted)
    plot.current?.chart.setSeries(at < 0 ? null : at + 1, { focus: true }, false)
  }, [look, scheme, lines, columns, props.highlighted])
}

/** The same look as long as it says the same, so that a new answer is not drawn anew from nothing. */
function useLook(props: HistoryChartProps, units: readonly string[]): HistoryLook {
  const { lines, axis = { isLog: false }, isStacked = false } = props
  const text = JSON.stringify({
    lines: lines.map(({ curve, display, colour }, index) => ({
      colour: colour ?? index,
      display,
      axis: units.indexOf(curve.unit),
    })),
    axis,
    isStacked,
    axisCount: Math.max(1, units.length),
  } satisfies HistoryLook)
  // It is the text of a HistoryLook.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return useMemo(() => JSON.parse(text) as HistoryLook, [text])
}

function dataOf({ timesS, drawn }: HistoryColumns): uPlot.AlignedData {
  return [timesS, ...drawn]
}

function useScheme(): number {
  const [scheme, setScheme] = useState(0)
  useEffect(() => onSchemeChange(() => setScheme((before) => before + 1)), [])
  return scheme
}

function hooksFor(
  drawing: { readonly current: HistoryDrawing },
  figure: HTMLElement,
): HistoryHooks {
  return {
    span: () => drawing.current.props.span,
    scales: () => [...drawing.current.scales.values()],
    markers: () => drawing.current.props.markers ?? [],
    events: () => drawing.current.props.events ?? [],
    onCursor: (chart: uPlot) => writePointed(chart, drawing.current, figure),
    onNearest(line) {
      const { lines, onHighlight } = drawing.current.props
      figure.dataset['nearest'] = line === undefined ? '' : String(line)
      onHighlight?.(line === undefined ? undefined : lines[line]?.curve.key)
    },
    onZoom: (fromS, toS) => drawing.current.props.onZoom(fromS, toS),
  }
}

import { useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import type uPlot from 'uplot'

import { unitScales } from './history-figures.ts'
import type { HistoryChartProps } from './history-chart.tsx'
import { layOutCurves, type HistoryColumns } from './history-columns.ts'
import { historyOptions, type HistoryHooks, type HistoryLook } from './history-options.ts'
import { useOpenMark } from './marks-context.ts'
import { openPlot, type Plot } from './open-plot.ts'
import { onSchemeChange } from './palette.ts'
import { unfinishedFromS } from './unfinished.ts'
import { describePointed, writePointed } from './write-pointed.ts'

/** What is drawn now: hooks of the drawing read it, since they outlive an answer. */
export interface HistoryDrawing {
  readonly props: HistoryChartProps
  readonly scales: ReturnType<typeof unitScales>
  readonly columns: HistoryColumns
  /** Start of the interval that is not over; `undefined` where all are. */
  readonly unfinishedS: number | undefined
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
  const unfinishedS = useUnfinished(props)
  const drawing = useRef<HistoryDrawing>({ props, scales, columns, unfinishedS })
  useEffect(() => {
    drawing.current = { props, scales, columns, unfinishedS }
  })
  const openMark = useOpenMark()
  const look = useLook(props, [...scales.keys()])
  const scheme = useScheme()
  const plot = useRef<Plot>(undefined)
  useEffect(() => {
    if (box.current === null || figure.current === null) return undefined
    const hooks = hooksFor(drawing, figure.current)
    const opened = openPlot(box.current, {
      optionsFor: (size) => historyOptions(look, hooks, size),
      data: dataOf(drawing.current.columns),
      steering: {
        title: drawing.current.props.title,
        describe: (chart) => describePointed(chart, drawing.current),
        events: hooks.events,
        onOpen: openMark,
      },
    })
    plot.current = opened
    return opened.end
  }, [box, figure, look, scheme, openMark])
  useEffect(() => {
    if (plot.current === undefined || figure.current === null) return
    plot.current.setData(dataOf(columns))
    writePointed(plot.current.chart, drawing.current, figure.current)
  }, [look, scheme, figure, columns, props.span, props.markers, props.events, openMark])
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

/** Where the interval begins that was not over when the newest answer was asked for. */
function useUnfinished({ lines, span: { toS } }: HistoryChartProps): number | undefined {
  return useMemo(() => {
    const starts = lines.flatMap(({ curve }) => unfinishedFromS(curve, toS) ?? [])
    return starts.length === 0 ? undefined : Math.min(...starts)
  }, [lines, toS])
}

/** A line to the value of an interval begins at the one before; a bar stands over its own. */
function veilFromS({ props: { lines }, unfinishedS }: HistoryDrawing): number | undefined {
  if (unfinishedS === undefined) return undefined
  const intervalS = lines[0]?.curve.intervalS ?? 0
  const areBars = lines.every(({ display }) => display === 'bars')
  return unfinishedS - (areBars ? 0 : intervalS)
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
    reachS: () => Math.max(2, ...drawing.current.props.lines.map(({ curve }) => curve.intervalS)),
    intervalS: () => Math.min(...drawing.current.props.lines.map(({ curve }) => curve.intervalS)),
    unfinishedS: () => veilFromS(drawing.current),
    partialS: () => drawing.current.columns.partialS,
    onCursor: (chart: uPlot) => writePointed(chart, drawing.current, figure),
    onNearest(line) {
      const { lines, onHighlight } = drawing.current.props
      const nearest = line === undefined ? '' : String(line)
      if (figure.dataset['nearest'] === nearest) return
      figure.dataset['nearest'] = nearest
      onHighlight?.(line === undefined ? undefined : lines[line]?.curve.key)
    },
    onZoom: (fromS, toS) => drawing.current.props.onZoom(fromS, toS),
  }
}

import type { Figures } from '../../../../src/api/contract/containers.ts'
import { sparkPaths, type SparkPaths } from '../../charts/spark.ts'
import { isRunning, readFigure, staleForMs, type LiveRow } from '../../data/live-row.ts'
import { meterTone } from '../../elements/meter.tsx'
import { say } from '../../messages/message.ts'
import { durationText, roughDurationText } from '../../units/duration.ts'
import {
  countQuantity,
  memoryQuantity,
  percentQuantity,
  rateQuantity,
  type Quantity,
} from '../../units/quantity.ts'

/** Writes what is live in a row into its element. */
export type RowPainter = (row: LiveRow, nowMs: number) => void

/** What stands where a figure could not be read. */
const missing = '–'

const figureFormats: readonly (readonly [keyof Figures, (value: number) => Quantity])[] = [
  ['cpu', percentQuantity],
  ['memory', memoryQuantity],
  ['netRcvd', rateQuantity],
  ['netSent', rateQuantity],
  ['ioRead', rateQuantity],
  ['ioWritten', rateQuantity],
  ['threads', countQuantity],
]
/** Below these a spark line stays low: % of one core, bytes. */
const cpuCeiling = 5
const memoryHeadroom = 1.25

/**
 * A painter for the element of one row, whose cells are marked with `data-figure`, `data-spark` and `data-meter`.
 * It writes past React, and only what differs from what stands there, so that a second costs each row a few text nodes.
 */
export function createRowPainter(element: HTMLElement): RowPainter {
  const paintFigures = figurePainters(element)
  const paintMeters = meterPainters(element)
  const paintAge = agePainter(element)
  const paintSparks = sparkPainter(element)
  const uptime = textWriter(element.querySelector('[data-figure="uptime"]'))
  return (row, nowMs) => {
    for (const paint of paintFigures) paint(row)
    for (const paint of paintMeters) paint(row)
    uptime(uptimeText(row, nowMs))
    const staleMs = staleForMs(row, nowMs)
    paintAge(staleMs)
    const isFresh = staleMs === undefined && isRunning(row.container)
    paintSparks(row, isFresh ? row.cpu.newestS : Math.floor(nowMs / 1000))
  }
}

/** Time since the start, or since the end. */
function uptimeText({ container }: LiveRow, nowMs: number): string {
  const { startedAt, finishedAt } = container
  if (isRunning(container)) return startedAt === null ? missing : durationText(nowMs - startedAt)
  return finishedAt === null
    ? missing
    : say('table.ended', { age: roughDurationText(nowMs - finishedAt) })
}

function figurePainters(element: HTMLElement): ((row: LiveRow) => void)[] {
  const painters: ((row: LiveRow) => void)[] = []
  for (const [name, format] of figureFormats) {
    const text = element.querySelector<HTMLElement>(`[data-figure="${name}"]`)
    if (text === null) continue
    let painted: number | undefined | null = null
    painters.push((row) => {
      const value = liveFigure(row, name)
      if (value === painted) return
      painted = value
      text.textContent = value === undefined ? missing : format(value).number
      text.dataset['is'] = value === undefined ? 'missing' : value === 0 ? 'zero' : 'some'
    })
  }
  return painters
}

function liveFigure(row: LiveRow, name: keyof Figures): number | undefined {
  return isRunning(row.container) ? readFigure(row, name) : undefined
}

function meterPainters(element: HTMLElement): ((row: LiveRow) => void)[] {
  return (['cpu', 'memory'] as const).flatMap((name) => {
    const meter = element.querySelector<HTMLElement>(`[data-meter="${name}"]`)
    const bar = meter?.firstElementChild
    if (meter === null || !(bar instanceof HTMLElement)) return []
    let painted = -1
    return [
      (row: LiveRow) => {
        const { cpuLimitCores, memoryLimitBytes } = row.container
        const limit = name === 'cpu' ? (cpuLimitCores ?? 0) * 100 : (memoryLimitBytes ?? 0)
        const usedRatio = limit > 0 ? (liveFigure(row, name) ?? 0) / limit : 0
        if (usedRatio === painted) return
        painted = usedRatio
        bar.style.transform = `scaleX(${Math.min(1, usedRatio).toFixed(3)})`
        meter.dataset['tone'] = meterTone(usedRatio)
      },
    ]
  })
}

/** Marks a row whose figures are old and says by how much. */
function agePainter(element: HTMLElement): (staleMs: number | undefined) => void {
  const age = element.querySelector<HTMLElement>('[data-figure="age"]')
  const write = textWriter(age)
  return (staleMs) => {
    element.toggleAttribute('data-stale', staleMs !== undefined)
    const span = staleMs === undefined ? '' : roughDurationText(staleMs)
    write(span && say('table.staleFor', { age: span }))
    if (age && span) age.title = say('table.staleLong', { age: span })
  }
}

function sparkPainter(element: HTMLElement): (row: LiveRow, endS: number) => void {
  const cpu = pathsIn(element, 'cpu')
  const memory = pathsIn(element, 'memory')
  let paintedS = 0
  return (row, endS) => {
    if (endS === paintedS || cpu === undefined || memory === undefined) return
    paintedS = endS
    paintSpark(cpu, sparkPaths(row.cpu, { endS, ceiling: cpuCeiling }))
    const ceiling = highestOf(row) * memoryHeadroom || 1
    paintSpark(memory, sparkPaths(row.memory, { endS, ceiling }))
  }
}

interface SparkElements {
  readonly area: Element
  readonly line: Element
}

function pathsIn(element: HTMLElement, name: string): SparkElements | undefined {
  const spark = element.querySelector(`[data-spark="${name}"]`)
  const [area, line] = spark?.children ?? []
  return area && line && { area, line }
}

function paintSpark(elements: SparkElements, paths: SparkPaths): void {
  elements.area.setAttribute('d', paths.area)
  elements.line.setAttribute('d', paths.line)
}

function highestOf(row: LiveRow): number {
  let highest = 0
  for (const value of row.memory.values) if (value > highest) highest = value
  return highest
}

function textWriter(element: Element | null): (text: string) => void {
  let written: string | undefined
  return (text) => {
    if (element === null || text === written) return
    element.textContent = text
    written = text
  }
}

import type uPlot from 'uplot'

import { say } from '../messages/charts.ts'
import { eventsNear, nextEvent } from './chart-event.ts'
import { eventText } from './mark-label.ts'
import { clearSelection, cursorTimeS, putCursor, selectSpan } from './plot-cursor.ts'
import { sharedCursor } from './shared-cursor.ts'
import type { PlotSteering } from './steer-plot.ts'

/** Places that the cursor moves on with Shift. */
const bigStep = 10

/**
 * Makes a chart a slider over its readings: arrows left and right move the cursor, up and down go from mark to mark, Space
 * begins and ends a span to zoom into, Enter opens the mark at the cursor. Being a slider, its place is said at each step.
 */
export function steerByKey(chart: uPlot, steering: PlotSteering): () => void {
  const keys = new PlotKeys(chart, steering)
  const { over } = chart
  over.tabIndex = 0
  over.setAttribute('role', 'slider')
  over.setAttribute('aria-label', say('keys.chart', { title: steering.title }))
  over.setAttribute('aria-keyshortcuts', 'ArrowLeft ArrowRight ArrowUp ArrowDown Space Enter')
  keys.tell()
  over.addEventListener('keydown', keys.press)
  over.addEventListener('focus', keys.tell)
  over.addEventListener('blur', keys.leave)
  return keys.leave
}

class PlotKeys {
  readonly #chart: uPlot
  readonly #steering: PlotSteering
  /** Where a span begins, in Unix seconds. */
  #startS: number | undefined

  constructor(chart: uPlot, steering: PlotSteering) {
    this.#chart = chart
    this.#steering = steering
  }

  readonly press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || !this.#act(event)) return
    event.preventDefault()
    this.tell()
  }

  /** Says where the cursor is. */
  readonly tell = (): void => {
    const { over, scales } = this.#chart
    const { min, max } = scales['x'] ?? {}
    const timeS = cursorTimeS(this.#chart)
    over.setAttribute('aria-valuemin', String(Math.round(min ?? 0)))
    over.setAttribute('aria-valuemax', String(Math.round(max ?? 0)))
    over.setAttribute('aria-valuenow', String(Math.round(timeS ?? max ?? 0)))
    over.setAttribute('aria-valuetext', this.#text(timeS))
  }

  readonly leave = (): void => {
    this.#forget()
    if (!sharedCursor.isAt(this.#chart.over)) return
    sharedCursor.point(this.#chart.over, undefined)
    putCursor(this.#chart, undefined)
  }

  /** Whether a key means something here. */
  #act({ key, shiftKey }: KeyboardEvent): boolean {
    const step = shiftKey ? bigStep : 1
    if (key === 'ArrowLeft') return this.#move(-step)
    if (key === 'ArrowRight') return this.#move(step)
    if (key === 'Home') return this.#move(Number.NEGATIVE_INFINITY)
    if (key === 'End') return this.#move(Number.POSITIVE_INFINITY)
    if (key === 'ArrowUp') return this.#moveToEvent(-1)
    if (key === 'ArrowDown') return this.#moveToEvent(1)
    if (key === ' ') return this.#markSpan()
    if (key === 'Enter') return this.#open()
    return key === 'Escape' && this.#forget()
  }

  #move(step: number): boolean {
    const places = this.#places()
    const last = places.length - 1
    if (last < 0) return true
    const timeS = cursorTimeS(this.#chart)
    const at = timeS === undefined ? undefined : nearestTo(places, timeS)
    const to = at === undefined ? last : Math.min(last, Math.max(0, at + step))
    this.#put(places[to])
    return true
  }

  #moveToEvent(direction: 1 | -1): boolean {
    const { min = 0, max = 0 } = this.#chart.scales['x'] ?? {}
    const fromS = cursorTimeS(this.#chart) ?? (direction < 0 ? max : min)
    // The cursor stands at whole pixels.
    const beyondS = fromS + direction * this.#secondsOf(1)
    const event = nextEvent(this.#steering.events(), beyondS, direction)
    const timeS = (event?.timeMs ?? 0) / 1000
    if (timeS >= (min ?? 0) && timeS <= (max ?? 0)) this.#put(timeS)
    return true
  }

  #markSpan(): boolean {
    const timeS = cursorTimeS(this.#chart)
    if (timeS === undefined) return true
    if (this.#startS === undefined) {
      this.#startS = timeS
      this.#showSpan(timeS)
      return true
    }
    const span = [this.#startS, timeS] as const
    this.#startS = undefined
    this.#select(span, true)
    return true
  }

  #open(): boolean {
    const timeS = cursorTimeS(this.#chart)
    if (this.#startS !== undefined) return this.#markSpan()
    const [event] = timeS === undefined ? [] : this.#eventsAt(timeS)
    if (event !== undefined) this.#steering.onOpen(event)
    return event !== undefined
  }

  #forget(): boolean {
    if (this.#startS === undefined) return false
    this.#startS = undefined
    clearSelection(this.#chart)
    return true
  }

  #put(timeS: number | undefined): void {
    putCursor(this.#chart, timeS)
    sharedCursor.point(this.#chart.over, timeS)
    if (timeS !== undefined) this.#showSpan(timeS)
  }

  #showSpan(timeS: number): void {
    if (this.#startS !== undefined) this.#select([this.#startS, timeS], false)
  }

  #select([one, other]: readonly [number, number], isDone: boolean): void {
    const chart = this.#chart
    selectSpan(chart, [chart.valToPos(one, 'x'), chart.valToPos(other, 'x')], isDone)
  }

  #text(timeS: number | undefined): string {
    if (timeS === undefined) return say('keys.hint')
    const parts = [this.#steering.describe(this.#chart), eventText(this.#eventsAt(timeS))]
    if (this.#startS !== undefined) parts.push(say('keys.begun'))
    return parts.filter((part) => part !== '').join(', ')
  }

  #eventsAt(timeS: number): ReturnType<typeof eventsNear> {
    return eventsNear(this.#steering.events(), timeS, this.#secondsOf(4))
  }

  #secondsOf(pixels: number): number {
    return this.#chart.posToVal(pixels, 'x') - this.#chart.posToVal(0, 'x')
  }

  /** The times of all readings in sight. */
  #places(): readonly number[] {
    const { min, max } = this.#chart.scales['x'] ?? {}
    return [...this.#chart.data[0]].filter((timeS) => timeS >= (min ?? 0) && timeS <= (max ?? 0))
  }
}

function nearestTo(places: readonly number[], timeS: number): number {
  let nearest = 0
  places.forEach((place, index) => {
    if (Math.abs(place - timeS) < Math.abs((places[nearest] ?? 0) - timeS)) nearest = index
  })
  return nearest
}

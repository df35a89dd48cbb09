import type uPlot from 'uplot'
import { describe, expect, test } from 'vitest'

import type { ChartEvent } from './chart-event.ts'
import { sharedCursor } from './shared-cursor.ts'
import { steerByKey } from './steer-by-key.ts'

const oom: ChartEvent = { timeMs: 130_000, title: 'OOM kill', state: 'critical' }

describe('steerByKey()', () => {
  test('begins at the newest reading and moves by one, by ten, to the ends', () => {
    const { press, timeS } = steered()
    expect(press('ArrowLeft', 'ArrowLeft')).toBe(true)
    expect(timeS()).toBe(190)
    press('ArrowRight', 'ArrowRight', 'ArrowRight')
    expect(timeS()).toBe(200)
    press('Shift+ArrowLeft')
    expect(timeS()).toBe(100)
    press('End')
    expect(timeS()).toBe(200)
  })

  test('moves the cursors of other charts, and takes it away when it is left', () => {
    const { press, over } = steered()
    const heard: (number | undefined)[] = []
    const unfollow = sharedCursor.follow({}, (timeS) => heard.push(timeS))
    press('End')
    over.dispatchEvent(new FocusEvent('blur'))
    unfollow()
    expect(heard).toEqual([200, undefined])
  })

  test('goes to an event, names it and opens it', () => {
    const { press, over, opened } = steered()
    press('ArrowUp')
    expect(over.getAttribute('aria-valuetext')).toContain('OOM kill')
    press('Enter')
    expect(opened).toEqual([oom])
  })

  test('zooms into a span between two presses of Space, and Escape forgets its beginning', () => {
    const { press, zoomed } = steered()
    press('End', ' ', 'Shift+ArrowLeft', 'Escape', ' ')
    expect(zoomed).toEqual([])
    press('ArrowRight', 'ArrowRight', ' ')
    expect(zoomed).toEqual([[100, 120]])
  })

  test('leaves keys alone that mean nothing here', () => {
    const { press } = steered()
    expect(press('Escape')).toBe(false)
    expect(press('Enter')).toBe(false)
    expect(press('j')).toBe(false)
  })
})

/** A chart of readings from 100 s to 200 s, ten seconds apart, one pixel a second. */
function steered() {
  const over = document.createElement('div')
  const opened: ChartEvent[] = []
  const zoomed: (readonly [number, number])[] = []
  const chart = {
    over,
    data: [Array.from({ length: 11 }, (_, row) => 100 + 10 * row)],
    scales: { x: { min: 100, max: 200 } },
    cursor: { left: -10 },
    valToPos: (timeS: number) => timeS - 100,
    posToVal: (px: number) => px + 100,
    setCursor({ left }: { left: number }) {
      chart.cursor.left = left
    },
    setSelect({ left, width }: { left: number; width: number }, isDone: boolean) {
      if (isDone) zoomed.push([left + 100, left + width + 100])
    },
  }
  // A drawn chart needs a canvas, which these tests have none of.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  steerByKey(chart as unknown as uPlot, {
    title: 'CPU',
    describe: () => 'now',
    events: () => [oom],
    onOpen: (event) => opened.push(event),
  })
  /** Whether the last key meant something. */
  function press(...keys: readonly string[]): boolean {
    const isTaken = keys.map((key) => {
      const event = new KeyboardEvent('keydown', {
        key: key.replace('Shift+', ''),
        shiftKey: key.startsWith('Shift+'),
        cancelable: true,
      })
      return !over.dispatchEvent(event)
    })
    return isTaken.at(-1) ?? false
  }
  return { press, over, opened, zoomed, timeS: () => chart.cursor.left + 100 }
}

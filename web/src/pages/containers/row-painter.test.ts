import { describe, expect, test } from 'vitest'

import { readTickRow } from '../../data/live-row.ts'
import { sampleNowMs, sampleRow } from '../../testing/samples.ts'
import { createRowPainter } from './row-painter.ts'

function createElement(): HTMLElement {
  const element = document.createElement('div')
  element.innerHTML = `
    <i data-figure="cpu"></i><i data-figure="memory"></i><i data-figure="netRcvd"></i>
    <i data-figure="uptime"></i><i data-figure="age"></i>
    <div data-meter="memory"><span></span></div>`
  return element
}

function textOf(element: HTMLElement, name: string): string {
  return element.querySelector(`[data-figure="${name}"]`)?.textContent ?? ''
}

describe('createRowPainter()', () => {
  test('writes figures, tells what was not read from zero, and follows the next reading', () => {
    const element = createElement()
    const row = sampleRow({ figures: { cpu: 12.34, memory: 0 } })
    const paint = createRowPainter(element)
    paint(row, sampleNowMs)
    expect(textOf(element, 'cpu')).toBe('12.3')
    expect(textOf(element, 'netRcvd')).toBe('–')
    expect(element.querySelector<HTMLElement>('[data-figure="memory"]')?.dataset['is']).toBe('zero')
    expect(textOf(element, 'uptime')).toBe('1\u00a0min')
    readTickRow(row, [1, null, null, null, null, 2 ** 21], sampleNowMs + 1000)
    paint(row, sampleNowMs + 1000)
    expect(textOf(element, 'cpu')).toBe('–')
    expect(textOf(element, 'memory')).toBe('2.0')
  })

  test('draws a meter against the limit and tones it near the limit', () => {
    const element = createElement()
    const paint = createRowPainter(element)
    paint(sampleRow({ figures: { memory: 85 }, memoryLimitBytes: 100 }), sampleNowMs)
    const meter = element.querySelector<HTMLElement>('[data-meter="memory"]')
    expect(meter?.dataset['tone']).toBe('warning')
    expect(meter?.querySelector('span')?.style.transform).toBe('scaleX(0.850)')
  })

  test('says how old the figures of a running container are, and only then', () => {
    const element = createElement()
    const row = sampleRow({ figures: { cpu: 1 } })
    const paint = createRowPainter(element)
    paint(row, sampleNowMs + 3000)
    expect(element.hasAttribute('data-stale')).toBe(false)
    paint(row, sampleNowMs + 12_000)
    expect(element.hasAttribute('data-stale')).toBe(true)
    expect(textOf(element, 'age')).toBe('stale 12\u00a0s')
  })

  test('shows no figures of a stopped container, and since when it is stopped', () => {
    const element = createElement()
    const row = sampleRow({
      state: 'exited',
      figures: { cpu: 50 },
      finishedAt: sampleNowMs - 7_200_000,
    })
    createRowPainter(element)(row, sampleNowMs + 60_000)
    expect(textOf(element, 'cpu')).toBe('–')
    expect(textOf(element, 'uptime')).toBe('2\u00a0h ago')
    expect(element.hasAttribute('data-stale')).toBe(false)
  })
})

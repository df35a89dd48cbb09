import { describe, expect, test } from 'vitest'

import type { Widget } from '../../../../src/api/contract/dashboards.ts'
import { metricsOf } from './metrics-of.ts'

const frame = { title: '', place: { x: 0, y: 0, width: 1, height: 1 } }

function valueOf(text: string): Widget {
  return {
    ...frame,
    id: text,
    type: 'query_value',
    value: { text, alias: '', reduce: 'avg' },
    format: { isAutoscaled: true },
    conditions: [],
  }
}

describe('metricsOf()', () => {
  test('finds the metrics whose scope names the variable, in groups too', () => {
    const widgets: readonly Widget[] = [
      valueOf('sum:a.b{$host,x:y} / sum:c.d{$host-group}'),
      { ...frame, id: 'g', type: 'group', widgets: [valueOf('p99.9:e.f{!$host} by {host}')] },
      valueOf('avg:a.b{$host.value}'),
      valueOf('avg:g.h{*} by {$host}'),
      valueOf('avg:i.j{$git.repo}'),
    ]
    expect(metricsOf(widgets, 'host', 9)).toEqual(['a.b', 'e.f'])
    expect(metricsOf(widgets, 'host', 1)).toEqual(['a.b'])
    expect(metricsOf(widgets, 'git.repo', 9)).toEqual(['i.j'])
    expect(metricsOf(widgets, 'other', 9)).toEqual([])
  })
})

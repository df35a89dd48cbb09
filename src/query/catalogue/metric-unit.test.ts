import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { metricCatalogue } from '../../model/metric-catalogue.ts'
import { metricUnit } from './metric-unit.ts'

describe('metricUnit()', () => {
  for (const [metric, name, per] of [
    ['docker.mem.rss', 'byte', ''],
    ['docker.net.bytes_rcvd', 'byte', 'second'],
    ['container.cpu.usage', 'nanosecond', 'second'],
    ['docker.cpu.usage', 'percent', ''],
    ['docker.mem.in_use', 'fraction', ''],
    ['system.load.1', '', ''],
    ['vigie.logs.lines_read', '', 'second'],
    ['somebody.else', '', ''],
  ] as const) {
    test(metric, () => assert.deepEqual(metricUnit(metric), { name, per }))
  }

  test('knows a name for every unit of the catalogue', () => {
    const names = Object.values(metricCatalogue).flatMap((metrics) =>
      metrics.flatMap((metric) => Object.values(metricUnit(metric.name))),
    )
    assert.deepEqual(
      [...new Set(names)].filter((name) => !/^[a-z]{3,}$|^$/.test(name)),
      [],
    )
  })
})

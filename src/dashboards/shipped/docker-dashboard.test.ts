import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Widget } from '../../api/contract/dashboards.ts'
import { metricCatalogue } from '../../model/metric-catalogue.ts'
import { listQueries } from '../../query/metric-language/list-queries.ts'
import { parseExpressions } from '../../query/metric-language/parse-expressions.ts'
import { readDashboard } from '../parse-dashboard.ts'
import { dockerDashboard } from './docker-dashboard.ts'

const dashboard = readDashboard(dockerDashboard)

describe('the Docker dashboard', () => {
  test('is read whole', () => {
    assert.deepEqual(dashboard.leftOut, [])
    assert.deepEqual(
      dashboard.variables.map(({ name }) => name),
      ['host', 'image', 'container_name'],
    )
    assert.ok(dashboard.widgetCount >= 18, `${dashboard.widgetCount} widgets`)
  })

  test('is placed as it says: nothing had to be moved', () => {
    const { widgets } = dockerDashboard
    const layouts = Array.isArray(widgets) ? widgets.map(({ layout }) => layout) : []
    assert.deepEqual(
      dashboard.widgets.map(({ place }) => place),
      layouts,
    )
  })

  test('asks for nothing but metrics of ours, by tags that they have', () => {
    const known = new Map(
      Object.values(metricCatalogue).flatMap((metrics) =>
        metrics.map((metric) => [metric.name, metric] as const),
      ),
    )
    const queries = expressionsOf(dashboard.widgets).flatMap((text) =>
      parseExpressions(text.replaceAll('$', '')).flatMap((expression) => listQueries(expression)),
    )
    assert.ok(queries.length > 20)
    for (const { metric, scopeText, groupBy } of queries) {
      const description = known.get(metric)
      assert.ok(description, metric)
      const hasContainers = description.tagSet === 'container'
      assert.equal(scopeText.includes('container_name'), hasContainers, `${metric}{${scopeText}}`)
      assert.equal(scopeText.includes('image'), description.tagSet !== 'none', metric)
      if (groupBy.includes('container_name')) assert.ok(hasContainers, metric)
    }
  })
})

function expressionsOf(widgets: readonly Widget[]): readonly string[] {
  return widgets.flatMap((widget) => {
    if (widget.type === 'group') return expressionsOf(widget.widgets)
    if (widget.type === 'timeseries') return widget.curves.map(({ text }) => text)
    if (widget.type === 'query_table') return widget.columns.map(({ text }) => text)
    return 'value' in widget ? [widget.value.text] : []
  })
}

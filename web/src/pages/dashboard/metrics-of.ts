import type { Widget } from '../../../../src/api/contract/dashboards.ts'
import { expressionsOf } from '../../widgets/expressions-of.ts'
import { singleWidgets } from './single-widgets.ts'

/** `avg:docker.cpu.usage{`: the metric of a query, and what stands in its braces. */
const query = /\b[a-z][a-z0-9.]*:([A-Za-z][\w.]*)\{([^}]*)\}/g

/**
 * The metrics that a dashboard asks for with a template variable in their scope, at most so many: the values that its tag
 * may have are theirs.
 */
export function metricsOf(
  widgets: readonly Widget[],
  name: string,
  most: number,
): readonly string[] {
  const found = new Set<string>()
  for (const { text } of singleWidgets(widgets).flatMap(expressionsOf)) {
    for (const [, metric = '', scope = ''] of text.matchAll(query)) {
      const paths = [...scope.matchAll(/\$([\p{L}\p{N}_.-]+)/gu)].map(([, path = '']) => path)
      if (paths.some((path) => path === name || path.startsWith(`${name}.`))) found.add(metric)
    }
  }
  return [...found].slice(0, most)
}

import type { Matching, SetOperator } from '../language/promql.ts'
import { groupBySides, type MatchGroup } from './match-groups.ts'
import { uniteLines } from './unite-lines.ts'
import type { Line, VectorValue } from './values.ts'

/** `left and right`, `or`, `unless`: at each moment those of one side that the other side has, has not, or lacks. */
export function combineSets(
  { operator, matching }: { readonly operator: SetOperator; readonly matching: Matching },
  left: VectorValue,
  right: VectorValue,
): VectorValue {
  const groups = groupBySides(left.lines, right.lines, matching)
  return {
    kind: 'vector',
    lines: uniteLines(groups.flatMap((group) => combineGroup(operator, group))),
  }
}

function combineGroup(operator: SetOperator, { left, right }: MatchGroup): readonly Line[] {
  switch (operator) {
    case 'and':
      return left.map((line) => keepWhere(line, right, 1))
    case 'unless':
      return left.map((line) => keepWhere(line, right, 0))
    case 'or':
      return [...left, ...right.map((line) => keepWhere(line, left, 0))]
  }
}

/** The samples of a line where any of the others has one (1), or none (0). */
function keepWhere(line: Line, others: readonly Line[], wanted: 0 | 1): Line {
  const has = line.has.map((isThere, index) => {
    const isOther = others.some((other) => other.has[index] === 1) ? 1 : 0
    return isThere === 1 && isOther === wanted ? 1 : 0
  })
  return { labels: line.labels, values: line.values, has }
}

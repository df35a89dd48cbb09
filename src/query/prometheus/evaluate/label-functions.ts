import { labelValue, makeLabels } from '../../../model/prometheus/labels.ts'
import { PrometheusError } from '../prometheus-error.ts'
import { SqlParameters } from '../../sql-parameters.ts'
import { askStore } from '../samples/ask-store.ts'
import { wholePattern } from '../samples/series-sql.ts'
import { expandTemplate, groupNames } from './pattern-groups.ts'
import type { Evaluation } from './evaluation.ts'
import { uniteLines } from './unite-lines.ts'
import type { Line, VectorValue } from './values.ts'

/** `label_join(vector, into, separator, from…)` */
export function joinLabels(
  vector: VectorValue,
  [into = '', separator = '', ...from]: readonly string[],
): VectorValue {
  checkName('label_join', into)
  return relabel(vector, (line) => ({
    into,
    value: from.map((name) => labelValue(line.labels, name)).join(separator),
  }))
}

/**
 * `label_replace(vector, into, replacement, from, pattern)`. The engine fits the pattern, since its patterns are linear.
 * @throws {PrometheusError} `bad_data` for a pattern that cannot be read, `execution` for a name.
 */
export async function replaceLabel(
  vector: VectorValue,
  [into = '', replacement = '', from = '', pattern = '']: readonly string[],
  { store }: Evaluation,
): Promise<VectorValue> {
  checkName('label_replace', into)
  const values = [...new Set(vector.lines.map(({ labels }) => labelValue(labels, from)))]
  const parameters = new SqlParameters()
  const rows = await askStore<{ value: string; groups: string[] }>(
    store.read,
    `SELECT value, extractGroups(value, ${parameters.text(`^(${wholePattern(pattern).slice(1, -1)})$`)}) AS groups
    FROM (SELECT arrayJoin(${parameters.texts(values)}) AS value)`,
    parameters,
  )
  const names = groupNames(pattern)
  const replaced = new Map(
    rows
      .filter(({ groups }) => groups.length > 0)
      .map(({ value, groups }) => [value, expandTemplate(replacement, groups, names)]),
  )
  return relabel(vector, ({ labels }) => {
    const value = replaced.get(labelValue(labels, from))
    return value === undefined ? undefined : { into, value }
  })
}

function relabel(
  { lines, ...rest }: VectorValue,
  change: (line: Line) => { readonly into: string; readonly value: string } | undefined,
): VectorValue {
  const relabelled = lines.map((line) => {
    const changed = change(line)
    if (changed === undefined) return line
    return { ...line, labels: makeLabels([...line.labels, [changed.into, changed.value]]) }
  })
  return { ...rest, lines: uniteLines(relabelled) }
}

function checkName(functionName: string, label: string): void {
  if (/^[a-zA-Z_]\w*$/.test(label)) return
  throw new PrometheusError(
    'execution',
    `${functionName}() cannot make a label with the name "${label}"`,
  )
}

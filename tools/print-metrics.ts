import { metricCatalogue } from '../src/model/metric-catalogue.ts'
import {
  tagSets,
  type MetricDescription,
} from '../src/model/metric-catalogue/metric-description.ts'
import { sources } from '../src/sources/index.ts'

const introduction = `<!-- Printed by tools/print-reference.ts from src/model/metric-catalogue.ts; do not edit. -->

# Metrics

Every metric that Vigie's own sources send, one point a second where the source's \`interval\` is not changed. What others
send to the server is stored under the names they give.

- **Δ** is the growth of a counter since the reading before, divided by the seconds between the two. There is no point for
  the first reading, nor after a counter went back.
- A file that is missing or cannot be read has no point, never a zero.
- On the wire every metric here is a gauge, as the Datadog Agent's own rates are.
- \`v1\` and \`v2\` are the versions of cgroup; a formula without them is the same for both.`

const header = `| Metric | Unit | What it says | Formula | Tags |
|---|---|---|---|---|`

/** The page `docs/reference/metrics.md`: one table for each source, then the tags. */
export function printMetrics(): string {
  const tables = Object.entries(metricCatalogue).flatMap(([source, metrics]) => [
    `## Source \`${source}\``,
    `${aboutSource(source)}.`,
    [header, ...metrics.map(printRow)].join('\n'),
  ])
  return `${[introduction, ...tables, printTags()].join('\n\n')}\n`
}

function aboutSource(source: string): string {
  return Object.values(sources).find(({ name }) => name === source)?.about ?? 'No such source'
}

function printRow({ name, unit, about, formula, tagSet, extraTags }: MetricDescription): string {
  const tags = [
    ...(tagSet === 'none' ? [] : [tagSet]),
    ...(extraTags ?? []).map((key) => `\`${key}\``),
  ]
  const cells = [`\`${name}\``, unit, about, printFormula(formula), tags.join(', ')]
  return `| ${cells.join(' | ')} |`
}

function printFormula(formula: MetricDescription['formula']): string {
  if (typeof formula === 'string') return formula
  const { v1, v2 } = formula
  return v1 === v2 ? v1 : `v1: ${v1}<br>v2: ${v2}`
}

function printTags(): string {
  const rows = Object.entries(tagSets)
    .filter(([, keys]) => keys.length > 0)
    .map(([name, keys]) => `| ${name} | ${keys.map((key) => `\`${key}\``).join(', ')} |`)
  return `## Tags

What the column "Tags" above calls by one word; a key is left out where the container has nothing for it. Besides these, every
point carries its host and the tags of the host (\`DD_TAGS\`, \`DD_ENV\`).

| Set | Keys |
|---|---|
${rows.join('\n')}

For \`registry:5000/team/web:1.2\`, \`docker_image\` is all of it, \`image_name\` is \`registry:5000/team/web\`, \`short_image\` is \`web\`
and \`image_tag\` is \`1.2\`. \`docker_network\` is the Docker network behind an interface; where no network is known for it, as with
\`--network host\`, it is the interface's own name. The server keeps tags in lower case, at most 200 characters long, with \`_\` in
place of what is neither a letter, a digit nor one of \`_-:./\`.`
}

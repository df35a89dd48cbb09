import { metricCatalogue } from '../src/model/metric-catalogue.ts'
import {
  tagSets,
  type MetricDescription,
} from '../src/model/metric-catalogue/metric-description.ts'
import { sources } from '../src/sources/index.ts'

const introduction = `<!-- Printed by tools/print-reference.ts from src/model/metric-catalogue.ts; do not edit. -->

# Metrics

Every metric that Vigie's own sources send, one point a second where the source's \`interval\` is not changed, or as often as
the option says that stands with it. What others send to the server is stored under the names they give.

- **Δ** is the growth of a counter since the reading before, divided by the seconds between the two. There is no point for
  the first reading, nor after a counter went back.
- A file that is missing or cannot be read has no point, never a zero.
- On the wire every metric here is a gauge, as the Datadog Agent's own rates are, but for those called counts: each of their
  points is the growth since the point before.
- \`v1\` and \`v2\` are the versions of cgroup, \`API\` the engine's answers, which are asked for where no cgroup can be read. A
  formula without them is the same for all; where one of them is missing, so is the metric there.
- What changes seldom is told at the cadence that stands with it, and at once when it has changed.`

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

function printRow(metric: MetricDescription): string {
  const { name, unit, formula, tagSet, extraTags } = metric
  const tags = [
    ...(tagSet === 'none' ? [] : [tagSet]),
    ...(extraTags ?? []).map((key) => `\`${key}\``),
  ]
  const cells = [`\`${name}\``, unit, printAbout(metric), printFormula(formula), tags.join(', ')]
  return `| ${cells.join(' | ')} |`
}

function printAbout({ about, needs, every, isCount }: MetricDescription): string {
  const notes = [
    ...(isCount === true ? ['A count.'] : []),
    ...(needs === undefined ? [] : [`Needs ${needs}.`]),
    ...(every === undefined ? [] : [`Every \`${every}\`.`]),
  ]
  return [about, ...notes].join('<br>')
}

const sourceNames = { v1: 'v1', v2: 'v2', api: 'API' } as const

function printFormula(formula: MetricDescription['formula']): string {
  if (typeof formula === 'string') return formula
  const { v1, v2, api } = formula
  if (v1 !== undefined && v1 === v2 && v1 === api) return v1
  return (['v1', 'v2', 'api'] as const)
    .flatMap((source) => {
      const text = formula[source]
      return text === undefined ? [] : [`${sourceNames[source]}: ${text}`]
    })
    .join('<br>')
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
place of what is neither a letter, a digit nor one of \`_-:./\`.

Labels and variables become tags under the names that \`docker_labels_as_tags\` and \`docker_env_as_tags\` give them: these are in
none of the sets. \`container.net.*\` is told by the container whose network it is; \`docker.net.*\` by each that uses it.`
}

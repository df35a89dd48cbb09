import type {
  DashboardAnswer,
  Widget,
  WidgetExpression,
} from '../../src/api/contract/dashboards.ts'
import { getJson } from '../../test/flow/vigie-process.ts'

/** What a page asks at a time. */
const atOnce = 5

/** One question as the page puts it: a curve over time, or one number for each group. */
type Ask = () => Promise<void>

/** Everything that the shipped dashboard shows of metrics, of all containers, as the page asks for it. */
export async function openDashboard(
  url: string,
  range: { readonly fromS: number; readonly toS: number },
): Promise<{ readonly questions: number; readonly ask: () => Promise<void> }> {
  const { widgets, variables } = await getJson<DashboardAnswer>(`${url}/api/dashboards/docker`)
  const names = variables.map(({ name }) => name)
  const everywhere = (text: string): string =>
    names.reduce((before, name) => before.replaceAll(`$${name}`, '*'), text)
  const questions = widgets.flatMap((widget) => asksOf(widget, { url, range, everywhere }))
  return {
    questions: questions.length,
    ask: async () => {
      const waiting = questions.values()
      const work = async (): Promise<void> => {
        for (const ask of waiting) await ask()
      }
      await Promise.all(Array.from({ length: atOnce }, work))
    },
  }
}

interface Place {
  readonly url: string
  readonly range: { readonly fromS: number; readonly toS: number }
  readonly everywhere: (text: string) => string
}

function asksOf(widget: Widget, place: Place): readonly Ask[] {
  switch (widget.type) {
    case 'group':
      return widget.widgets.flatMap((inner) => asksOf(inner, place))
    case 'timeseries':
      return widget.curves.map(
        ({ text }) =>
          () =>
            askCurve(place, text),
      )
    case 'heatmap':
    case 'distribution':
      return [() => askCurve(place, widget.value.text)]
    case 'query_value':
    case 'toplist':
      return [() => askNumbers(place, [widget.value])]
    case 'query_table':
      return [() => askNumbers(place, widget.columns)]
    case 'note':
    case 'free_text':
    case 'event_stream':
    case 'log_stream':
      return []
  }
}

async function askCurve({ url, range, everywhere }: Place, text: string): Promise<void> {
  const search = new URLSearchParams({
    query: everywhere(text),
    from: `${range.fromS}`,
    to: `${range.toS}`,
  })
  await getJson(`${url}/api/v1/query?${search.toString()}`)
}

async function askNumbers(
  { url, range, everywhere }: Place,
  expressions: readonly WidgetExpression[],
): Promise<void> {
  const named = expressions.map((one, index) => ({ ...one, name: `q${index}` }))
  const attributes = {
    formulas: named.map(({ name }) => ({ formula: name })),
    queries: named.map(({ name, text, reduce }) => ({
      data_source: 'metrics',
      name,
      query: everywhere(text),
      aggregator: reduce,
    })),
    from: range.fromS * 1000,
    to: range.toS * 1000,
  }
  const answer = await fetch(`${url}/api/v2/query/scalar`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ data: { type: 'scalar_request', attributes } }),
  })
  if (!answer.ok) throw new Error(`${url} answered ${await answer.text()}`)
}

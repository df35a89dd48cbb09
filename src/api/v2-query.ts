import { z } from 'zod'
import { datadogUnit } from '../query/metrics/datadog-unit.ts'
import { reducers } from '../query/metrics/ask-scalars.ts'
import type { Frame } from '../query/metrics/frame.ts'
import { toScalarTable, type RowLimit } from '../query/metrics/scalar-table.ts'
import { answerQuestion } from './answer-question.ts'
import type { Api } from './api.ts'
import type { QueryUnits, ScalarAnswer, TimeseriesAnswer } from './contract/query.ts'
import { defineApiRoute, type ApiRoute } from './define-api-route.ts'
import { scalarAnswerSchema, timeseriesAnswerSchema } from './schemas/query.ts'

/** Rows of a formula with a limit that does not say how many. */
const defaultRows = 500

const milliseconds = z.int('expected whole Unix milliseconds').min(0)

const query = z.object({
  data_source: z.literal('metrics', { error: 'only the data source "metrics" can be asked' }),
  query: z
    .string()
    .min(1)
    .meta({ description: "An expression in Datadog's language; may be more than one query" }),
  name: z
    .string()
    .regex(/^[A-Za-z_]\w*$/, 'expected a name of letters, digits and _')
    .optional()
    .meta({ description: 'What formulas call it; query1, query2 and so on when absent' }),
})

const attributes = z.object({
  from: milliseconds.meta({ description: 'Unix milliseconds, included' }),
  to: milliseconds.meta({ description: 'Unix milliseconds, not included' }),
})

const formula = z.object({
  formula: z.string().min(1).meta({ description: 'Names of queries, numbers, functions, + - * /' }),
  limit: z
    .object({
      count: z.int().min(1).default(defaultRows),
      order: z.enum(['asc', 'desc']).default('desc'),
    })
    .optional(),
})

const formulas = z.array(formula).max(20).default([])

const timeseriesBody = z.object({
  data: z.object({
    type: z.literal('timeseries_request'),
    attributes: attributes.extend({
      formulas,
      interval: z
        .number()
        .min(1)
        .optional()
        .meta({ description: 'Milliseconds between two points; a larger one may be taken' }),
      queries: z.array(query).min(1).max(20),
    }),
  }),
})

const scalarBody = z.object({
  data: z.object({
    type: z.literal('scalar_request'),
    attributes: attributes.extend({
      formulas,
      queries: z
        .array(query.extend({ aggregator: z.enum(reducers).default('avg') }))
        .min(1)
        .max(20),
    }),
  }),
})

/** `POST /api/v2/query/timeseries` and `/scalar`: what Datadog's client libraries call. */
export function v2QueryRoutes(api: Api): readonly ApiRoute[] {
  return [timeseriesRoute(api), scalarRoute(api)]
}

function timeseriesRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'POST',
    path: '/api/v2/query/timeseries',
    about:
      'Formulas over metrics at the same points in time, as Datadog’s client libraries ask them. A limit has no effect here.',
    input: z.object({ body: timeseriesBody }),
    answer: timeseriesAnswerSchema,
    readBody: api.readBody,
    handle: ({ body: { data } }) =>
      answerQuestion(async () => {
        const { from, to, interval, queries, formulas: asked } = data.attributes
        const intervalS = interval === undefined ? {} : { intervalS: Math.max(1, interval / 1000) }
        const frames = await api.askFormulas({
          queries: nameQueries(queries),
          formulas: asked.map(({ formula: text }) => text),
          asked: { fromMs: from, toMs: to - 1, ...intervalS },
        })
        return toTimeseries(frames)
      }),
  })
}

function scalarRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'POST',
    path: '/api/v2/query/scalar',
    about:
      'Formulas over metrics of which all of the time is one number, as Datadog’s client libraries ask them: a table in columns.',
    input: z.object({ body: scalarBody }),
    answer: scalarAnswerSchema,
    readBody: api.readBody,
    handle: ({ body: { data } }) =>
      answerQuestion(async () => {
        const { from, to, formulas: asked } = data.attributes
        const queries = nameQueries(data.attributes.queries)
        const texts = asked.map(({ formula: text }) => text)
        const frames = await api.askScalars({
          queries: queries.map((one) => ({ ...one, reducer: one.aggregator })),
          formulas: texts,
          asked: { fromMs: from, toMs: to - 1 },
        })
        const names = texts.length > 0 ? texts : queries.map(({ name }) => name)
        return toScalars(frames, names, findLimit(asked))
      }),
  })
}

function nameQueries<Query extends z.output<typeof query>>(
  queries: readonly Query[],
): readonly (Query & { readonly name: string; readonly text: string })[] {
  return queries.map((one, index) => ({
    ...one,
    name: one.name ?? `query${index + 1}`,
    text: one.query,
  }))
}

/** The first limit is the one that counts: rows belong to all formulas. */
function findLimit(asked: readonly z.output<typeof formula>[]): RowLimit | undefined {
  const column = asked.findIndex(({ limit }) => limit !== undefined)
  const limit = asked[column]?.limit
  return limit && { column, ...limit }
}

function toTimeseries(frames: readonly Frame[]): TimeseriesAnswer {
  const { startMs = 0, intervalMs = 0, length = 0 } = frames[0] ?? {}
  const all = frames.flatMap(({ series }, index) => series.map((one) => ({ one, index })))
  return {
    data: {
      type: 'timeseries_response',
      attributes: {
        times: Array.from({ length }, (_time, n) => startMs + n * intervalMs),
        series: all.map(({ one, index }) => ({
          group_tags: one.groups.map(([key, value]) => `${key}:${value}`),
          query_index: index,
          unit: unitsOf(one.metric),
        })),
        values: all.map(({ one }) => Array.from(one.values, toNumber)),
        notes: notesOf(frames),
      },
    },
  }
}

function toScalars(
  frames: readonly Frame[],
  names: readonly string[],
  limit: RowLimit | undefined,
): ScalarAnswer {
  const { keys, rows } = toScalarTable(frames, limit)
  const groups = keys.map((name, column) => ({
    type: 'group' as const,
    name,
    values: rows.map((row) =>
      row.groups.slice(column, column + 1).filter((one) => one !== undefined),
    ),
  }))
  const numbers = frames.map(({ series }, column) => ({
    type: 'number' as const,
    name: names[column] ?? '',
    values: rows.map(({ values }) => toNumber(values[column] ?? Number.NaN)),
    meta: { unit: unitsOf(series[0]?.metric ?? '') },
  }))
  const columns = [...groups, ...numbers]
  return { data: { type: 'scalar_response', attributes: { columns, notes: notesOf(frames) } } }
}

function unitsOf(metric: string): QueryUnits | null {
  const pair = datadogUnit(metric)
  return pair.every((unit) => unit === null) ? null : pair
}

function toNumber(value: number): number | null {
  return Number.isFinite(value) ? value : null
}

function notesOf(frames: readonly Frame[]): readonly string[] {
  return [...new Set(frames.flatMap(({ notes }) => notes))]
}

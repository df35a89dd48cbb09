import { z } from 'zod'
import type {
  ConditionalFormat,
  DashboardAnswer,
  DashboardsAnswer,
  DashboardSummary,
  LeftOut,
  Marker,
  NumberFormat,
  TemplateVariable,
  Widget,
  WidgetExpression,
} from '../contract/dashboards.ts'

const text = z.string()
const texts = z.array(text).readonly()
const figure = z.number().exactOptional()

const summary = {
  id: text,
  title: text,
  description: text,
  widgetCount: z.number().meta({ description: 'With those in groups, without the groups' }),
  isShipped: z.boolean(),
} satisfies { [Key in keyof DashboardSummary]: z.ZodType<DashboardSummary[Key]> }

/** `DashboardsAnswer` of the contract. */
export const dashboardsSchema = z.object({
  dashboards: z.array(z.object(summary)).readonly(),
  faults: z
    .array(z.object({ file: text, reason: text }))
    .readonly()
    .meta({ description: 'Files that could not be read as a dashboard' }),
}) satisfies z.ZodType<DashboardsAnswer>

const variable = z.object({
  name: text,
  tag: text.meta({ description: 'Empty when the variable holds whole tags' }),
  defaults: texts,
  allowed: texts.meta({ description: 'Empty when every value of the tag may be chosen' }),
}) satisfies z.ZodType<TemplateVariable>

const leftOut = z.object({ type: text, title: text, reason: text }) satisfies z.ZodType<LeftOut>

const expression = {
  text: text.meta({ description: "In Datadog's language, template variables still in it" }),
  alias: text,
  reduce: z.enum(['avg', 'min', 'max', 'sum', 'last', 'percentile', 'area', 'l2norm']),
} satisfies { [Key in keyof WidgetExpression]: z.ZodType<WidgetExpression[Key]> }

const value = z.object(expression)

const format = z.object({
  precision: figure,
  unit: text.exactOptional(),
  isAutoscaled: z.boolean(),
}) satisfies z.ZodType<NumberFormat>

const state = z.enum(['ok', 'warning', 'critical'])

const conditions = z
  .array(z.object({ comparator: z.enum(['>', '>=', '<', '<=', '=']), value: z.number(), state }))
  .readonly() satisfies z.ZodType<readonly ConditionalFormat[]>

const marker = z.object({
  label: text,
  value: z.number(),
  to: figure,
  state: z.enum([...state.options, 'none']),
}) satisfies z.ZodType<Marker>

const frame = {
  id: text,
  title: text,
  place: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).meta({
    description: 'In a grid of 12 columns; of widgets in a group: in the grid of the group',
  }),
  spanS: figure.meta({ description: 'Seconds up to now; absent where it follows the page' }),
}
const top = { limit: z.number(), order: z.enum(['asc', 'desc']) }

const widget = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('timeseries'),
    ...frame,
    curves: z
      .array(z.object({ ...expression, display: z.enum(['line', 'area', 'bars']) }))
      .readonly(),
    axis: z.object({ min: figure, max: figure, isLog: z.boolean() }),
    markers: z.array(marker).readonly(),
    events: text.meta({ description: 'A search; empty for none' }),
    hasLegend: z.boolean(),
  }),
  z.object({ type: z.literal('query_value'), ...frame, value, format, conditions }),
  z.object({ type: z.literal('toplist'), ...frame, value, format, ...top, conditions }),
  z.object({
    type: z.literal('query_table'),
    ...frame,
    columns: z.array(z.object({ ...expression, format, conditions })).readonly(),
    ...top,
    orderBy: z.number(),
  }),
  z.object({ type: z.enum(['heatmap', 'distribution']), ...frame, value }),
  z.object({
    type: z.enum(['note', 'free_text']),
    ...frame,
    text,
    align: z.enum(['left', 'center', 'right']),
    size: z.number(),
  }),
  // A schema that refers to itself cannot be part of the OpenAPI document.
  z.object({
    type: z.literal('group'),
    ...frame,
    widgets: z.array(z.any()).readonly().meta({ description: 'Widgets as these' }),
  }),
  z.object({ type: z.literal('event_stream'), ...frame, query: text }),
  z.object({ type: z.literal('log_stream'), ...frame, query: text, columns: texts }),
]) satisfies z.ZodType<Widget>

/** `DashboardAnswer` of the contract. */
export const dashboardSchema = z.object({
  ...summary,
  variables: z.array(variable).readonly(),
  widgets: z.array(widget).readonly(),
  leftOut: z.array(leftOut).readonly().meta({ description: 'What could not be shown' }),
}) satisfies z.ZodType<DashboardAnswer>

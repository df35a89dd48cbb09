import type { FunctionCall } from '../../metric-language/expression.ts'
import type { TimeWindow } from '../evaluation/time-window.ts'
import type { Frame, FrameSeries } from '../frame.ts'

/** What stands in a call after its query. */
export type Options = FunctionCall['options']

/** The time a function reads to answer for another. */
export interface Reach {
  readonly window: TimeWindow
  /** What the answer has to say of it, one sentence. */
  readonly note?: string
}

/** A call that is made. */
export interface Call {
  readonly call: FunctionCall
  /** The first interval that is shown: what adds up or ranks begins there. */
  readonly shownFrom: number
}

/** A function on frames. What it is given is checked: each function knows which options it has. */
export interface MetricFunction {
  /** The time that its query is evaluated for; its own when absent. */
  readonly reach?: (window: TimeWindow, options: Options) => Reach
  /** The result on the grid of what it is given. Pure. */
  readonly apply: (frame: Frame, call: Call) => Frame
}

/** An option that is a number, or what stands for one that is not given. */
export function numberOption(options: Options, place: number, otherwise = Number.NaN): number {
  const option = options[place]
  return typeof option === 'number' ? option : otherwise
}

/** An option that is a text, or what stands for one that is not given. */
export function textOption(options: Options, place: number, otherwise = ''): string {
  const option = options[place]
  return typeof option === 'string' ? option : otherwise
}

/** Whether the result of a function is of the unit of what it is given; then its series keep the name of their metric. */
export type ResultUnit = 'same' | 'other'

/** The metric and the expression of a series after a function. */
export function nameResult(
  { metric, expression }: FrameSeries,
  { call }: Call,
  unit: ResultUnit,
): Pick<FrameSeries, 'metric' | 'expression'> {
  const options = call.options.map((option) =>
    typeof option === 'number' ? `, ${option}` : `, '${option}'`,
  )
  const wrap = (text: string): string => `${call.name}(${text}${options.join('')})`
  return { metric: unit === 'same' ? metric : wrap(metric), expression: wrap(expression) }
}

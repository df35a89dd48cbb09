/** Where something stands in the text, in UTF-16 units; `end` is exclusive. */
export interface PromPlace {
  readonly start: number
  readonly end: number
}

/** A condition on one label; a label that a series lacks is the empty text. Patterns match the whole value. */
export interface Matcher {
  readonly label: string
  readonly operator: '=' | '!=' | '=~' | '!~'
  readonly value: string
}

/** At which time something is read instead of the time of evaluation: first `at`, then `offsetMs` before it. */
export interface TimeModifier {
  readonly offsetMs: number
  /** Unix milliseconds, or an end of the whole question. */
  readonly at?: number | 'start' | 'end'
}

export interface NumberLiteral {
  readonly kind: 'number'
  readonly place: PromPlace
  readonly value: number
}

export interface TextLiteral {
  readonly kind: 'text'
  readonly place: PromPlace
  readonly value: string
}

/** `metric{label="value"}`; with `rangeMs` all samples of that time before, else the newest. */
export interface SelectorExpression extends TimeModifier {
  readonly kind: 'selector'
  readonly place: PromPlace
  readonly matchers: readonly Matcher[]
  readonly rangeMs?: number
}

/** `expression[1h:1m]`: what an expression has been, as samples. */
export interface SubqueryExpression extends TimeModifier {
  readonly kind: 'subquery'
  readonly place: PromPlace
  readonly of: PromExpression
  readonly rangeMs: number
  readonly stepMs?: number
}

export interface CallExpression {
  readonly kind: 'call'
  readonly place: PromPlace
  readonly name: string
  readonly args: readonly PromExpression[]
}

export type AggregationName =
  | 'sum'
  | 'min'
  | 'max'
  | 'avg'
  | 'count'
  | 'group'
  | 'stddev'
  | 'stdvar'
  | 'topk'
  | 'bottomk'
  | 'quantile'
  | 'count_values'

/** The labels that make a group: those of the list, or all but those. */
export interface Grouping {
  readonly kind: 'by' | 'without'
  readonly labels: readonly string[]
}

export interface AggregationExpression {
  readonly kind: 'aggregation'
  readonly place: PromPlace
  readonly name: AggregationName
  readonly grouping: Grouping
  /** How many for `topk`, which for `quantile`, which label for `count_values`. */
  readonly parameter?: PromExpression
  readonly of: PromExpression
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^' | 'atan2'
export type ComparisonOperator = '==' | '!=' | '>' | '<' | '>=' | '<='
export type SetOperator = 'and' | 'or' | 'unless'

/** Which series of both sides belong together: same values of the labels, or of all but those. */
export interface Matching {
  readonly kind: 'on' | 'ignoring'
  readonly labels: readonly string[]
  /** The side of which several may belong to one of the other. */
  readonly many?: 'left' | 'right'
  /** Labels that the result takes from the other side than `many`. */
  readonly include: readonly string[]
}

export interface BinaryExpression {
  readonly kind: 'binary'
  readonly place: PromPlace
  readonly operator: ArithmeticOperator | ComparisonOperator | SetOperator
  readonly left: PromExpression
  readonly right: PromExpression
  /** A comparison gives 1 and 0 instead of leaving out. */
  readonly isBool: boolean
  readonly matching: Matching
}

export interface NegationExpression {
  readonly kind: 'negation'
  readonly place: PromPlace
  readonly of: PromExpression
}

/** PromQL as a tree, its types checked; parentheses are gone. */
export type PromExpression =
  | NumberLiteral
  | TextLiteral
  | SelectorExpression
  | SubqueryExpression
  | CallExpression
  | AggregationExpression
  | BinaryExpression
  | NegationExpression

/** What an expression gives. */
export type ValueType = 'scalar' | 'instant vector' | 'range vector' | 'string'

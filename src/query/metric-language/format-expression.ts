import type { Expression, MetricQuery } from './expression.ts'

/** The text of an expression in its plain form; `parseExpressions` reads it as the same expression again. */
export function formatExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return String(expression.value)
    case 'query':
      return formatQuery(expression)
    case 'call': {
      const options = expression.options.map((option) =>
        typeof option === 'number' ? String(option) : `'${option}'`,
      )
      return `${expression.name}(${[formatExpression(expression.of), ...options].join(', ')})`
    }
    case 'negation':
      return `-${formatOperand(expression.of, isSum(expression.of) || isProduct(expression.of))}`
    case 'operation': {
      const { operator, left, right } = expression
      const isOfProduct = operator === '*' || operator === '/'
      const first = formatOperand(left, isOfProduct && isSum(left))
      const second = formatOperand(right, isSum(right) || (isOfProduct && isProduct(right)))
      return `${first} ${operator} ${second}`
    }
  }
}

function formatOperand(expression: Expression, needsBrackets: boolean): string {
  const text = formatExpression(expression)
  return needsBrackets ? `(${text})` : text
}

function isSum(expression: Expression): boolean {
  return expression.kind === 'operation' && /[+-]/.test(expression.operator)
}

function isProduct(expression: Expression): boolean {
  return expression.kind === 'operation' && /[*/]/.test(expression.operator)
}

function formatQuery(query: MetricQuery): string {
  const by = query.groupBy.length > 0 ? ` by {${query.groupBy.join(',')}}` : ''
  return `${query.aggregator}:${query.metric}{${query.scopeText}}${by}${formatModifiers(query)}`
}

function formatModifiers({ rollup, fill, as, isWeighted }: MetricQuery): string {
  return [
    rollup && `.rollup(${listGiven(rollup.method, rollup.intervalS)})`,
    fill && `.fill(${listGiven(fill.with, fill.limitS)})`,
    as && `.as_${as}()`,
    isWeighted && '.weighted()',
  ]
    .filter((part) => part !== undefined)
    .join('')
}

function listGiven(word: string | undefined, seconds: number | undefined): string {
  return [word, seconds].filter((one) => one !== undefined).join(', ')
}

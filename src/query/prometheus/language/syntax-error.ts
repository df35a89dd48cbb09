import { PrometheusError } from '../prometheus-error.ts'

/** A text that is not PromQL, or not what of it is answered; the message begins with `line:column`, both from 1. */
export function syntaxError(text: string, at: number, what: string): PrometheusError {
  const before = text.slice(0, at).split('\n')
  const column = (before.at(-1)?.length ?? 0) + 1
  return new PrometheusError('bad_data', `${before.length}:${column}: parse error: ${what}`)
}

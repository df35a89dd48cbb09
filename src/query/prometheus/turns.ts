import { Turns } from '../turns.ts'
import { promLimits } from './limits.ts'
import { PrometheusError } from './prometheus-error.ts'

/** The turns of questions in PromQL. They throw {PrometheusError} `unavailable` when too many wait already. */
export function openPromTurns(): Turns {
  return new Turns({
    ...promLimits,
    refuse: () => new PrometheusError('unavailable', 'too many queries wait already; try again'),
  })
}

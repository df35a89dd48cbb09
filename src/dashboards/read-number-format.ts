import type { NumberFormat } from '../api/contract/dashboards.ts'
import { numberIn, objectIn, textIn, type JsonObject } from './json-fields.ts'

const maxPrecision = 20

/** How a number is written: what the widget says, and the unit of its formula. */
export function readNumberFormat(definition: JsonObject, formula: JsonObject): NumberFormat {
  const precision = numberIn(definition, 'precision')
  const unit = textIn(definition, 'custom_unit') || unitOf(objectIn(formula, 'number_format'))
  return {
    ...(precision !== undefined && {
      precision: Math.min(maxPrecision, Math.max(0, Math.trunc(precision))),
    }),
    ...(unit !== '' && { unit }),
    isAutoscaled: definition['autoscale'] !== false,
  }
}

/** Either a label, or the name of a unit Datadog knows and of what it is divided by. */
function unitOf(format: JsonObject): string {
  const unit = objectIn(format, 'unit')
  const label = textIn(unit, 'label')
  if (label !== '') return label
  const per = textIn(unit, 'per_unit_name')
  return [textIn(unit, 'unit_name'), ...(per === '' ? [] : [per])].join('/')
}

import type { ConditionalFormat } from '../api/contract/dashboards.ts'
import { nameIn, numberIn, objectsIn, textIn, type JsonObject } from './json-fields.ts'

const comparators = ['>', '>=', '<', '<=', '='] as const
const maxConditions = 20

/**
 * The conditions of a formula, or of its request where it has none. Palettes that speak of no state, such as `blue`,
 * are passed over.
 */
export function readConditions(
  formula: JsonObject,
  request: JsonObject,
): readonly ConditionalFormat[] {
  const own = objectsIn(formula, 'conditional_formats')
  const formats = own.length > 0 ? own : objectsIn(request, 'conditional_formats')
  return formats.slice(0, maxConditions).flatMap((format) => {
    const comparator = nameIn(format, 'comparator', comparators)
    const value = numberIn(format, 'value')
    const state = stateOf(textIn(format, 'palette'))
    if (comparator === undefined || value === undefined || state === undefined) return []
    return [{ comparator, value, state }]
  })
}

/** What a palette means: `white_on_red`, `green_on_white`, `black_on_light_yellow`, `orange`. */
function stateOf(palette: string): ConditionalFormat['state'] | undefined {
  if (palette.includes('red')) return 'critical'
  if (palette.includes('yellow') || palette.includes('orange')) return 'warning'
  return palette.includes('green') ? 'ok' : undefined
}

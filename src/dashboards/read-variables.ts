import type { LeftOut, TemplateVariable } from '../api/contract/dashboards.ts'
import { objectsIn, textIn, textsIn, type JsonObject } from './json-fields.ts'

/** What the list of template variables gives. */
export interface ReadVariables {
  readonly variables: readonly TemplateVariable[]
  readonly leftOut: readonly LeftOut[]
}

const maxVariables = 100
const maxValues = 1000
const namePattern = /^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*$/u

/**
 * The template variables of a dashboard. Those that stand for a key to group by cannot be chosen yet; what uses them is
 * left out with them.
 */
export function readVariables(dashboard: JsonObject): ReadVariables {
  const variables = new Map<string, TemplateVariable>()
  const leftOut: LeftOut[] = []
  for (const variable of objectsIn(dashboard, 'template_variables').slice(0, maxVariables)) {
    const name = textIn(variable, 'name')
    const reason = whyNot(variable, variables)
    if (reason === undefined) variables.set(name, readVariable(variable))
    else leftOut.push({ type: 'template_variable', title: name.slice(0, 100), reason })
  }
  return { variables: [...variables.values()], leftOut }
}

function whyNot(
  variable: JsonObject,
  others: ReadonlyMap<string, TemplateVariable>,
): string | undefined {
  const name = textIn(variable, 'name')
  if (!namePattern.test(name)) return 'its name is not of letters, digits, _, - and single dots'
  if (others.has(name)) return 'another one before it has its name'
  return variable['type'] === 'group' ? 'keys to group by cannot be chosen yet' : undefined
}

/** The older form has one default. */
function readVariable(variable: JsonObject): TemplateVariable {
  const single = textIn(variable, 'default')
  const several = textsIn(variable, 'defaults')
  const defaults = several.length > 0 || single === '' ? several : [single]
  return {
    name: textIn(variable, 'name'),
    tag: textIn(variable, 'prefix'),
    defaults: defaults.slice(0, maxValues),
    allowed: textsIn(variable, 'available_values').slice(0, maxValues),
  }
}

import type { TemplateVariable } from '../../../src/api/contract/dashboards.ts'
import type { Search, SearchChange } from '../data/search.ts'

/** Stands for every value of a tag. */
export const everything = '*'

/** What a template variable stands for now. */
export interface Choice {
  readonly variable: TemplateVariable
  /** At least one; `['*']` for every value. */
  readonly values: readonly string[]
}

/** What each variable stands for: what the address says, else its default, else everything. */
export function readChoices(
  variables: readonly TemplateVariable[],
  search: Search,
): readonly Choice[] {
  return variables.map((variable) => {
    const said = search[parameterOf(variable)]?.split(',').filter((value) => value !== '') ?? []
    return { variable, values: said.length > 0 ? said : defaultOf(variable) }
  })
}

/** The change of the address that makes a variable stand for these values; its default is not written. */
export function writeChoice(variable: TemplateVariable, values: readonly string[]): SearchChange {
  const wanted = values.length === 0 ? everything : values.join(',')
  const isDefault = wanted === defaultOf(variable).join(',')
  return { [parameterOf(variable)]: isDefault ? undefined : wanted }
}

/** Whether a choice leaves nothing out. */
export function isEverything({ values }: Choice): boolean {
  return values.includes(everything)
}

function parameterOf({ name }: TemplateVariable): string {
  return `tpl_${name}`
}

function defaultOf({ defaults }: TemplateVariable): readonly string[] {
  return defaults.length > 0 ? defaults : [everything]
}

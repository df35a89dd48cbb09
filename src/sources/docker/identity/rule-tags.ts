import type { ContainerRules } from '../../../component/container-rules.ts'
import { mask } from '../../../docker/mask-secrets.ts'

/** A tag that the configuration asks for. */
export interface RuleTag {
  readonly key: string
  readonly value: string
  /** Written `+tag`: tells one container from another. */
  readonly isHigh: boolean
}

/**
 * Tags from labels or variables, by `docker_labels_as_tags` or `docker_env_as_tags`: in the order of the rules, for each
 * in the order of the names. What was masked as a secret makes none, nor does an empty value.
 * @see datadog.md E.5
 */
export function makeRuleTags(
  rules: Readonly<Record<string, string>>,
  values: ReadonlyMap<string, string>,
): readonly RuleTag[] {
  const entries = [...values].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.entries(rules).flatMap(([pattern, template]) => {
    const matches = toMatcher(pattern.toLowerCase())
    return entries
      .filter(([name, value]) => matches(name.toLowerCase()) && isPublic(value))
      .flatMap(([name, value]) => template.split(',').flatMap((tag) => fill(tag, name, value)))
  })
}

/** Lower-case names of the labels and variables that a rule names in full: whoever asks for a tag asks for its value. */
export function listPublicNames(rules: ContainerRules): ReadonlySet<string> {
  const names = [...Object.keys(rules.labelsAsTags), ...Object.keys(rules.envAsTags)]
  return new Set(names.filter((name) => !name.includes('*')).map((name) => name.toLowerCase()))
}

/** `*` stands for any text, `?` then for any character. */
function toMatcher(pattern: string): (name: string) => boolean {
  if (!pattern.includes('*')) return (name) => name === pattern
  const parts = pattern.split(/([*?])/).map((part) => {
    if (part === '*') return '.*'
    return part === '?' ? '.' : RegExp.escape(part)
  })
  const whole = new RegExp(`^${parts.join('')}$`, 's')
  return (name) => whole.test(name)
}

function isPublic(value: string): boolean {
  return value !== '' && !value.includes(mask)
}

/** `%%label%%` and `%%env%%` stand for the name; other variables for nothing. */
function fill(template: string, name: string, value: string): readonly RuleTag[] {
  const written = template
    .trim()
    .replaceAll(/%%(\w+)%%/g, (_all, variable: string) =>
      /^(label|env|annotation)$/.test(variable) ? name : '',
    )
  const isHigh = written.startsWith('+')
  const key = isHigh ? written.slice(1) : written
  return key === '' ? [] : [{ key, value, isHigh }]
}

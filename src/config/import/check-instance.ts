import type { Findings } from '../findings.ts'
import { readTextFile } from '../read-text-file.ts'
import { parseYamlFile, type FilePath } from '../yaml-file.ts'
import type { Draft, Origin } from './draft.ts'

/** An old file for one check, as far as it is converted: what is for all instances, and the first of them. */
export interface CheckInstance {
  readonly initConfig: Readonly<Record<string, unknown>>
  readonly instance: Readonly<Record<string, unknown>>
  readonly originOf: (path: FilePath) => Origin
}

/** Reads the file and names in `draft` what there is in it beside; `undefined` when it cannot be read. */
export function readCheckInstance(path: string, draft: Draft): CheckInstance | undefined {
  const text = readTextFile(path)
  if (text.kind === 'fault') {
    draft.drop({ place: path, name: 'this file' }, text.message)
    return undefined
  }
  const findings: Findings = { faults: [], warnings: [], infos: [], withoutEffect: [] }
  const file = parseYamlFile(path, text.text, findings)
  const originOf = (at: FilePath): Origin => ({
    place: file.placeOfKey(at),
    name: at.findLast((step) => typeof step === 'string') ?? 'this file',
  })
  for (const { place, message } of findings.faults)
    draft.drop({ place, name: 'this file' }, message)
  if (findings.faults.length > 0) return undefined
  const values = toMapping(file.values)
  for (const key of Object.keys(values)) {
    if (key === 'init_config' || key === 'instances') continue
    draft.drop(originOf([key]), 'only init_config and instances are known')
  }
  const given = values['instances']
  const instances: readonly unknown[] = Array.isArray(given) ? given : []
  for (const at of instances.keys()) {
    if (at > 0) draft.drop(originOf(['instances', at]), 'only the first instance is converted')
  }
  return {
    initConfig: toMapping(values['init_config']),
    instance: toMapping(instances[0]),
    originOf,
  }
}

/** Empty for what is none. */
function toMapping(value: unknown): Readonly<Record<string, unknown>> {
  return isMapping(value) ? value : {}
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The texts in a list, or the one text that stands in place of one. */
export function toTexts(value: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value]
  return items.flatMap((item) =>
    typeof item === 'string' || typeof item === 'number' ? [String(item)] : [],
  )
}

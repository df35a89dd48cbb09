import { Document, isCollection, isScalar } from 'yaml'
import type { Configuration, EffectiveSetting } from './load-configuration.ts'
import { maskSecret, maskUrl } from './mask-secret.ts'

/**
 * The configuration in force as YAML: every setting with its value, secrets masked, and in a comment where it came
 * from (`default`, `environment VIGIE_LISTEN`, `/etc/vigie/datadog.yaml:12:9`). Ends in a line end.
 */
export function printEffective({ file, effective }: Configuration): string {
  const document = new Document({})
  document.commentBefore = ` The configuration in force; ${file === undefined ? 'no file was found' : `read from ${file}`}`
  for (const setting of effective) addSetting(document, setting)
  return document.toString({ lineWidth: 0, nullStr: '' })
}

function addSetting(document: Document, { setting, value, place }: EffectiveSetting): void {
  const node = document.createNode(mask(value, setting.isSecret))
  if (isCollection(node)) node.flow = true
  if (isCollection(node) || isScalar(node)) node.comment = ` ${place}`
  document.setIn(setting.path, node)
}

function mask(value: unknown, isSecret: boolean): unknown {
  if (value === undefined) return null
  if (typeof value === 'string') return isSecret ? maskSecret(value) : maskUrl(value)
  if (Array.isArray(value)) return value.map((item) => mask(item, isSecret))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, mask(part, isSecret)]),
  )
}

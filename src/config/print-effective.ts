import { Document, isCollection, isScalar } from 'yaml'
import type { Configuration, EffectiveSetting } from './load-configuration.ts'
import { maskAddress, maskSecret, maskUrl } from './mask-secret.ts'
import { isSecretAt } from './schema/look-inside.ts'
import type { FilePath } from './yaml-file.ts'

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

function addSetting(document: Document, effective: EffectiveSetting): void {
  const { setting, value, place } = effective
  const node = document.createNode(mask(effective, value, []))
  if (isCollection(node)) node.flow = true
  if (isCollection(node) || isScalar(node)) node.comment = ` ${place}`
  document.setIn(setting.path, node)
}

/** What may be shown of a part of a setting's value. */
function mask(effective: EffectiveSetting, value: unknown, path: FilePath): unknown {
  if (value === undefined || value === null) return null
  if (Array.isArray(value)) return value.map((item, at) => mask(effective, item, [...path, at]))
  if (typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [
        maskUrl(name),
        mask(effective, part, [...path, name]),
      ]),
    )
  }
  if (effective.isSecret) return '********'
  if (typeof value !== 'string') return value
  const { node } = effective.setting
  if (isSecretAt(node, path, value)) return maskSecret(value)
  return node['isAddress'] === true ? maskAddress(value) : maskUrl(value)
}

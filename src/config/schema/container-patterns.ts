import { z } from 'zod'
import type { ContainerPattern } from '../../component/container-rules.ts'
import { readGoPattern } from '../../component/go-pattern.ts'

/** One item of an include or exclude list; `unknown` has a prefix that means nothing. */
export type ContainerItem =
  | { readonly kind: 'pattern'; readonly pattern: ContainerPattern }
  | { readonly kind: 'unknown'; readonly text: string; readonly path: readonly number[] }

const prefixes = 'image:<pattern>, name:<pattern> or kube_namespace:<pattern>'
const allowed = `a list of ${prefixes}, or one text with spaces between them`
const grammar = /^(image|name|kube_namespace):(.*)$/s

/** An include or exclude list (datadog.md E.4): items in a list, in a text with spaces between them, or in JSON. */
export const containerPatterns: z.ZodType<readonly ContainerItem[]> = z
  .union([z.string(), z.array(z.string())])
  .transform((given, context) => {
    const items = typeof given === 'string' ? splitItems(given) : given.map((item) => item.trim())
    return items.flatMap((text, at) => {
      const path = typeof given === 'string' ? [] : [at]
      const item = readItem(text, path)
      if (typeof item !== 'string') return [item]
      const params = { seen: text, allowed: `${prefixes}; ${item}` }
      context.addIssue({ code: 'custom', path: [...path], params })
      return []
    })
  })
  .meta({ allowed })

/** A fault is a text that says what is wrong. */
function readItem(text: string, path: readonly number[]): ContainerItem | string {
  const [, field, pattern = ''] = grammar.exec(text) ?? []
  if (!text.includes(':')) return 'this item has no colon'
  if (field !== 'image' && field !== 'name' && field !== 'kube_namespace') {
    return { kind: 'unknown', text, path }
  }
  if (pattern === '') return 'this pattern is empty, write .* for any text'
  const read = readGoPattern(field === 'image' ? forgetVersion(pattern) : pattern)
  if (read.kind === 'fault') return `this pattern is no regular expression: ${read.message}`
  return { kind: 'pattern', pattern: { field, pattern: read.pattern } }
}

/** As in Datadog's agent, `^nginx$` finds `nginx:1.2` and `nginx@sha256:…` too. */
function forgetVersion(pattern: string): string {
  const isWhole = pattern.endsWith('$') && !pattern.endsWith('\\$') && !pattern.includes(':')
  return isWhole ? `${pattern.slice(0, -1)}(@sha256)?:.*` : pattern
}

function splitItems(text: string): readonly string[] {
  if (text.startsWith('[')) {
    try {
      return z.array(z.string()).parse(JSON.parse(text))
    } catch {
      // No list; then its brackets belong to an item, whose prefix is a fault of its own.
    }
  }
  return text.split(/\s+/).filter((item) => item !== '')
}

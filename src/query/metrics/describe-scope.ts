import type { FrameSeries } from './frame.ts'

/** What a series is of: `short_image:web,host:a`, or `*`. */
export function describeScope(scopeText: string, groups: FrameSeries['groups']): string {
  const tags = groups.map(([key, value]) => `${key}:${value}`)
  const scopes = [scopeText, ...tags].filter((part) => part !== '' && part !== '*')
  return scopes.length > 0 ? scopes.join(',') : '*'
}

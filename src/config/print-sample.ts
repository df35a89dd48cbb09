import { listNames, toSentence, writeInline } from './describe-setting.ts'
import { composeSchema, type ComponentLists } from './schema/compose-schema.ts'
import { listSettings, type Section, type Setting } from './schema/list-settings.ts'

const lineWidth = 100

const introduction = [
  "Vigie's configuration. Datadog's own options stand at the top level, under Datadog's names; ours",
  'stand under "vigie". Each is shown with its default, or empty when nothing is set. To set one,',
  'take away the "# " in front of it, and only that: the spaces before it say what it belongs to.',
].join(' ')

/** A file with every setting commented out, each with what it does, its default and its variables. Sets nothing. */
export function printSample(components: ComponentLists): string {
  const { settings, sections } = listSettings(composeSchema(components))
  const lines = [...explain(introduction, '')]
  const opened = new Set<string>()
  for (const setting of settings) {
    for (const section of sections.filter(({ path }) => holds(path, setting.path))) {
      if (opened.has(section.key)) continue
      opened.add(section.key)
      lines.push('', ...printSection(section))
    }
    lines.push('', ...printSetting(setting))
  }
  return `${lines.join('\n')}\n`
}

function holds(section: readonly string[], path: readonly string[]): boolean {
  return section.every((name, depth) => path[depth] === name)
}

function printSection({ path, about }: Section): readonly string[] {
  const indent = indentOf(path)
  return [...explain(toSentence(about), indent), `${indent}${path.at(-1) ?? ''}:`]
}

function printSetting(setting: Setting): readonly string[] {
  const { path, about, allowed, environment, fallback, hasNoEffect } = setting
  const indent = indentOf(path)
  return [
    ...explain(toSentence(about, hasNoEffect), indent),
    ...explain(`Allowed: ${allowed}.`, indent),
    ...explain(`Environment: ${listNames(environment)}.`, indent),
    ...printValue(path.at(-1) ?? '', fallback, indent),
  ]
}

/** A list may take several lines: YAML lets a text in brackets go on where it stands further in. */
function printValue(name: string, fallback: unknown, indent: string): readonly string[] {
  if (fallback === undefined) return [`${indent}# ${name}:`]
  const line = `${name}: ${writeInline(fallback)}`
  if (!Array.isArray(fallback)) return [`${indent}# ${line}`]
  return wrap(line, `${indent}# `, `${indent}#     `)
}

function indentOf(path: readonly string[]): string {
  return '  '.repeat(path.length - 1)
}

/** `text` as comment lines of at most 100 columns. */
function explain(text: string, indent: string): readonly string[] {
  return wrap(text, `${indent}## `, `${indent}## `)
}

function wrap(text: string, first: string, further: string): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1) ?? ''} ${word}`
    if (lines.length > 0 && longer.length <= lineWidth) lines[lines.length - 1] = longer
    else lines.push(`${lines.length === 0 ? first : further}${word}`)
  }
  return lines
}

import type { Assignment, Assignments } from '../assignment.ts'
import type { Findings } from '../findings.ts'
import { readValue } from '../read-value.ts'
import type { Setting } from '../schema/list-settings.ts'
import type { BackendDescription, SecretAnswers } from './backend.ts'
import { chooseBackend, type ChosenBackend } from './choose-backend.ts'
import { readHandle } from './handle.ts'

/** Where a handle stands. */
export interface SecretUse {
  /** `/etc/vigie/datadog.yaml:12:9` or `environment DD_API_KEY`. */
  readonly place: string
  /** The setting. */
  readonly key: string
}

/** What may be told of secrets: never a value. */
export interface SecretsReport {
  /** Absent when nothing names one. */
  readonly backend?: BackendDescription
  /** By handle, in the order in which they were met. */
  readonly handles: ReadonlyMap<string, readonly SecretUse[]>
}

/** A value in which each `ENC[handle]` is what it stands for. */
interface Revealed {
  readonly value: unknown
  /** Whether there was any. */
  readonly hasSecret: boolean
  /** Whether one could not be read; a fault says why. */
  readonly isIncomplete: boolean
}

/** Reads what the handles of a configuration stand for, each once. */
export class SecretReader {
  readonly #assignments: Assignments
  readonly #chosen: ChosenBackend
  readonly #findings: Findings
  readonly #values = new Map<string, string>()
  readonly #failed = new Set<string>()
  readonly #uses = new Map<string, SecretUse[]>()

  /** @param assignments Those that name the backend are among them; it has to stand in plain text itself. */
  constructor(
    assignments: Assignments,
    env: Readonly<Record<string, string | undefined>>,
    findings: Findings,
  ) {
    this.#assignments = assignments
    this.#chosen = chooseBackend(assignments, env)
    this.#findings = findings
  }

  /** All settings with their values; one with a handle that cannot be read is left out, and a fault. */
  revealAll(assignments: Assignments, settings: readonly Setting[]): Assignments {
    const nodes = new Map(settings.map(({ key, node }) => [key, node]))
    const open = [...assignments].filter(([key]) => !key.startsWith('secret_backend_'))
    this.#ask(open.flatMap(([key, assignment]) => listUses(assignment, key)))
    const revealed = new Map(assignments)
    for (const [key, assignment] of open) {
      const { value, hasSecret, isIncomplete } = this.#reveal(assignment.value)
      const node = nodes.get(key)
      if (isIncomplete) revealed.delete(key)
      else if (hasSecret) {
        const isText = typeof value === 'string' && node !== undefined
        revealed.set(key, {
          ...assignment,
          value: isText ? readValue(value, node) : value,
          isSecret: true,
        })
      }
    }
    return revealed
  }

  /** A part of a file that is no setting, such as `logs` of a file for a single check; without those that cannot be read. */
  revealPart(value: unknown, use: SecretUse): unknown {
    const handles = listHandles(value)
    if (handles.length === 0) return value
    this.#ask(handles.map((handle) => ({ handle, use })))
    return this.#reveal(value).value
  }

  report(): SecretsReport {
    const { kind } = this.#chosen
    return {
      ...(kind === 'backend' && { backend: this.#chosen.backend.describe() }),
      handles: this.#uses,
    }
  }

  #ask(uses: readonly HandleUse[]): void {
    for (const { handle, use } of uses) {
      this.#uses.set(handle, [...(this.#uses.get(handle) ?? []), use])
    }
    const handles = [...new Set(uses.map(({ handle }) => handle))].filter(
      (handle) => !this.#values.has(handle) && !this.#failed.has(handle),
    )
    if (handles.length === 0) return
    const answers = this.#read(handles)
    for (const handle of handles) {
      const answer = answers?.kind === 'answers' ? answers.of(handle) : undefined
      if (answer?.kind === 'value') this.#values.set(handle, answer.value)
      else this.#failed.add(handle)
      if (answer?.kind === 'fault') this.#refuse(handle, answer.message)
    }
  }

  /** `undefined` after a fault that is not about single handles. */
  #read(handles: readonly string[]): SecretAnswers | undefined {
    const chosen = this.#chosen
    if (chosen.kind === 'faulty') return undefined
    if (chosen.kind === 'none') {
      const message =
        'nothing says where its value is; set secret_backend_command or secret_backend_type'
      return { kind: 'answers', of: () => ({ kind: 'fault', message }) }
    }
    const answers = chosen.backend.read(handles)
    if (answers.kind === 'answers') return answers
    const { option } = chosen.backend
    const place = this.#assignments.get(option)?.place ?? 'configuration'
    this.#findings.faults.push({ place, key: option, message: answers.message })
    return undefined
  }

  #refuse(handle: string, message: string): void {
    const [use] = this.#uses.get(handle) ?? []
    this.#findings.faults.push({
      place: use?.place ?? 'configuration',
      ...(use !== undefined && { key: use.key }),
      message: `saw ENC[${handle}], which cannot be read: ${message}`,
    })
  }

  #reveal(value: unknown): Revealed {
    const marks = { hasSecret: false, isIncomplete: false }
    const revealed = mapTexts(value, (text) => {
      const handle = readHandle(text)
      if (handle === undefined) return text
      marks.hasSecret = true
      marks.isIncomplete ||= !this.#values.has(handle)
      return this.#values.get(handle) ?? ''
    })
    return { value: revealed, ...marks }
  }
}

interface HandleUse {
  readonly handle: string
  readonly use: SecretUse
}

function listUses({ value, place }: Assignment, key: string): readonly HandleUse[] {
  return listHandles(value).map((handle) => ({ handle, use: { place, key } }))
}

function listHandles(value: unknown): readonly string[] {
  const handles = new Set<string>()
  mapTexts(value, (text) => {
    const handle = readHandle(text)
    if (handle !== undefined) handles.add(handle)
    return text
  })
  return [...handles]
}

/** A copy of plain data with each text in it, keys aside, replaced. */
function mapTexts(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value)
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, replace))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, mapTexts(part, replace)]),
  )
}

import type { HappeningRow } from '../../../src/api/contract/happenings.ts'

/** Whether a run of a container ended there. */
export function isEnd({ kind, action }: HappeningRow): boolean {
  return kind === 'exit' || (kind === 'engine' && action === 'die')
}

/** Whether a run of a container began there. */
export function isStart({ kind, action }: HappeningRow): boolean {
  return kind === 'engine' && action === 'start'
}

/** What tells containers apart where one of them may have told only its name; `undefined` for what is of none. */
export function containerKey({ host, container }: HappeningRow): string | undefined {
  if (container === null) return undefined
  return `${host}\n${container.name || container.id}`
}

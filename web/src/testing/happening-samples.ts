import type { HappeningRow } from '../../../src/api/contract/happenings.ts'

/** 2026-01-02 03:30:00 UTC: half an hour from a change of the hour. */
export const happeningsAtMs = Date.UTC(2026, 0, 2, 3, 30)

/** A container as happenings name it. */
export function sampleOf(name: string, image = 'shop:1'): HappeningRow['container'] {
  return { id: name.padEnd(64, '0'), name, image }
}

/** A happening of the container `web`, so many seconds after the moment of the samples, with what `different` says. */
export function sampleHappening(
  afterS: number,
  different: Partial<HappeningRow> = {},
): HappeningRow {
  const { action = 'start', container = sampleOf('web') } = different
  return {
    id: `${container?.name ?? 'none'} ${action} ${afterS}`,
    timeMs: happeningsAtMs + afterS * 1000,
    kind: 'engine',
    action,
    tone: 'none',
    title: `${container?.name ?? 'none'}: ${action}`,
    text: '',
    host: 'a-host',
    actor: 'docker',
    container,
    exitCode: null,
    ranMs: null,
    tags: [],
    ...different,
  }
}

/** The end of a run of the container `web`. */
export function sampleExit(
  afterS: number,
  exitCode: number,
  different: Partial<HappeningRow> = {},
): HappeningRow {
  const tone = exitCode === 0 ? 'none' : 'critical'
  return sampleHappening(afterS, { kind: 'exit', action: 'exited', exitCode, tone, ...different })
}

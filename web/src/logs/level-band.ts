import type { LogRow } from '../../../src/api/contract/logs.ts'

/** Levels that look the same, the gravest first: in this order a histogram stacks them from its ground. */
export const levelBands = ['fatal', 'error', 'warn', 'info', 'debug', 'unknown'] as const
export type LevelBand = (typeof levelBands)[number]

const bandOfLevel: Readonly<Record<LogRow['level'], LevelBand>> = {
  emergency: 'fatal',
  alert: 'fatal',
  critical: 'fatal',
  error: 'error',
  warn: 'warn',
  notice: 'info',
  info: 'info',
  debug: 'debug',
  trace: 'debug',
  unknown: 'unknown',
}

/** The band of a level. */
export function bandOf(level: LogRow['level']): LevelBand {
  return bandOfLevel[level]
}

/** The band of a level by its name; `undefined` when it is none. */
export function findBand(name: string): LevelBand | undefined {
  return Object.entries(bandOfLevel).find(([level]) => level === name)?.[1]
}

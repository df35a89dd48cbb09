import type { TierStates } from '../../store/rollups/point-tiers.ts'
import { finestStepS } from '../metrics/tier-ranges.ts'
import { QuestionError } from '../question-error.ts'
import type { PastRequest } from './past-answer.ts'

/** The moments that are answered: `fromS`, then `frames` more, each `stepS` later. Unix seconds. */
export interface PastGrid {
  readonly fromS: number
  readonly stepS: number
  readonly frames: number
  /** How fine figures of that time are kept. */
  readonly resolutionS: number
  /** Figures before `fromS` that are needed: for spark lines, and for those that are read seldom. A multiple of `resolutionS`. */
  readonly leadS: number
  readonly keptFromS: number
}

/** What is newer may still be on its way from an agent, or to the store. */
const settledS = 2
/** Longer than a spark line and the interval of what is read seldom. */
const wishedLeadS = 180
const maxFrames = 3_600

/**
 * Where nothing is kept yet, the last seconds are answered all the same: the page that asks for the newest moment may be a
 * little behind.
 */
const emptyS = 10

/**
 * The moments for a request. Seconds that are not settled yet are left out.
 * @param firstS The first second of which anything is kept; undefined where nothing is.
 * @throws {QuestionError} `invalid` for what is later than now, or is not kept.
 */
export function choosePastGrid(
  { atS, seconds, stepS, nowS }: PastRequest,
  tiers: TierStates,
  firstS: number | undefined,
): PastGrid {
  const pointsFromS = Math.ceil(Math.min(...tiers.map((tier) => tier.keptFromMs)) / 1000)
  const keptFromS = Math.max(pointsFromS, firstS ?? nowS - emptyS)
  if (atS > nowS || atS < keptFromS) throw refuse(atS, { nowS, keptFromS })
  const resolutionS = chooseResolution(tiers, atS)
  const newestS = nowS - settledS
  const fromS = Math.min(roundUp(atS, resolutionS), newestS - (newestS % resolutionS))
  const ownStepS = roundUp(stepS, resolutionS)
  const toS = Math.min(fromS + seconds, newestS)
  return {
    fromS,
    stepS: ownStepS,
    frames: Math.max(0, Math.min(maxFrames, Math.floor((toS - fromS) / ownStepS))),
    resolutionS,
    leadS: leadOf(tiers, { fromS, resolutionS }),
    keptFromS,
  }
}

/** Seconds before a moment of which figures are needed, as far as they are kept as fine. */
export function leadOf(
  tiers: TierStates,
  { fromS, resolutionS }: Pick<PastGrid, 'fromS' | 'resolutionS'>,
): number {
  const leadS = Math.min(wishedLeadS, fromS - keptFromOf(tiers, resolutionS))
  return Math.max(resolutionS, leadS - (leadS % resolutionS))
}

/** The first second of the table with figures as fine as that, Unix time. */
export function keptFromOf(tiers: TierStates, resolutionS: number): number {
  return Math.ceil((tiers.find((tier) => tier.stepS === resolutionS)?.keptFromMs ?? 0) / 1000)
}

/** To a whole multiple of a step. */
export function roundUp(value: number, step: number): number {
  return Math.ceil(value / step) * step
}

/** That of the table which has all of the interval that the moment is in. */
function chooseResolution(tiers: TierStates, atS: number): number {
  const stepS = finestStepS(tiers, atS * 1000)
  const startS = stepS === 1 ? atS : roundUp(atS, stepS) - stepS
  return finestStepS(tiers, startS * 1000)
}

function refuse(
  atS: number,
  { nowS, keptFromS }: { readonly nowS: number; readonly keptFromS: number },
): QuestionError {
  const why = atS > nowS ? 'that is later than now' : 'nothing is kept of that time'
  return new QuestionError(
    'invalid',
    `Cannot show the containers at ${tell(atS)}: ${why}; ask for a time from ${tell(keptFromS)} to ${tell(nowS)}`,
  )
}

function tell(timeS: number): string {
  return `${timeS} (${new Date(timeS * 1000).toISOString().replace('.000', '')})`
}

import type { z } from 'zod'
import type { Batch } from '../model/item.ts'
import type { Environment } from './source.ts'

/** One running stage: owns its state, never throws on bad data. */
export interface RunningStage {
  readonly apply: (batch: Batch) => Batch
  /** What it still holds; called once, after the last batch. */
  readonly flush?: () => Batch
}

export interface Stage<Config> {
  readonly name: string
  readonly about: string
  /** Whether it runs when the configuration does not say; absent means that it does. */
  readonly isEnabledByDefault?: boolean
  readonly config: z.ZodType<Config>
  create(config: Config, environment: Environment): RunningStage
}

/** Gives the stage back as it is, with its configuration's type inferred. */
export function defineStage<Config>(stage: Stage<Config>): Stage<Config> {
  return stage
}

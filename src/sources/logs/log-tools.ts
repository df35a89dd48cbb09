import type { LogConfig } from '../../component/log-config.ts'
import type { LogsSettings } from '../../component/logs-settings.ts'
import type { Gatherer, OpenAccount, OriginAccount } from './delivery/delivery.ts'
import type { OpenEntries } from './entries/entries.ts'
import type { EntryTaker } from './entry.ts'
import type { Faults } from './faults.ts'
import type { FileFollower } from './follow/follow.ts'
import type { OpenFrames } from './frames/frames.ts'
import type { LineCounts } from './line-counts.ts'
import type { PathClaims } from './path-claims.ts'

/** What every way of reading lines is made with. */
export interface LogTools {
  readonly settings: LogsSettings
  readonly hostname: string
  readonly hostTags: readonly string[]
  readonly gatherer: Gatherer
  readonly follower: FileFollower
  readonly openFrames: OpenFrames
  readonly openEntries: OpenEntries
  readonly faults: Faults
  readonly claims: PathClaims
  /** Unix milliseconds, and monotonic ones. */
  readonly clock: () => number
  readonly nowMs: () => number
}

/** An account with the counts that go into it. */
export interface CountedAccount {
  readonly account: OpenAccount
  readonly counts: LineCounts
}

/** Opens the account of one origin, with nothing counted. */
export function openCounted(
  { gatherer }: Pick<LogTools, 'gatherer'>,
  of: Omit<OriginAccount, 'counts'>,
): CountedAccount {
  const counts: LineCounts = { readLines: 0, handedLines: 0, droppedLines: 0, truncatedLines: 0 }
  return { account: gatherer.open({ ...of, counts }), counts }
}

/**
 * Makes the way of an origin's lines into its account.
 * @param to The account, or who stands before it.
 * @throws {LogRuleError} When a rule cannot be compiled.
 */
export function openWay(
  { openEntries, settings, nowMs, faults }: LogTools,
  {
    config,
    counts,
    to,
    subject,
  }: {
    readonly config: LogConfig
    readonly counts: LineCounts
    readonly to: Pick<OpenAccount, 'hand' | 'noteProgress'>
    /** What its faults are about, and how they begin. */
    readonly subject: { readonly key: string; readonly name: string }
  },
): EntryTaker {
  return openEntries({
    settings,
    config,
    counts,
    to,
    nowMs,
    onFault: (message) => faults.set(subject.key, `${subject.name}: ${message}`),
  })
}

/** Resolves once lines may be handed over. */
export async function untilRoom({ gatherer }: Pick<LogTools, 'gatherer'>): Promise<void> {
  for (let room = gatherer.room(); room !== undefined; room = gatherer.room()) await room
}

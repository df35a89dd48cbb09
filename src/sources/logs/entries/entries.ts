import type { LogConfig } from '../../../component/log-config.ts'
import type { LogsSettings } from '../../../component/logs-settings.ts'
import type { OpenAccount } from '../delivery/delivery.ts'
import type { EntryTaker } from '../entry.ts'
import type { LineCounts } from '../line-counts.ts'

export interface EntryOptions {
  readonly settings: Pick<
    LogsSettings,
    | 'rules'
    | 'multiLine'
    | 'maxMessageBytes'
    | 'tagsTruncated'
    | 'tagsMultiLine'
    | 'aggregationTimeoutMs'
  >
  readonly config: Pick<LogConfig, 'rules' | 'isAutoMultiLine' | 'maxMessageBytes'>
  readonly counts: LineCounts
  readonly to: Pick<OpenAccount, 'hand' | 'noteProgress'>
  /** Monotonic milliseconds. */
  readonly nowMs: () => number
  /** A rule that cannot be used, or took too long for a line: told once for each rule. */
  readonly onFault: (message: string) => void
}

/**
 * Makes the way of one origin's lines into the block: joined where several belong together, cut marks, rules, then level,
 * attributes and trace from the text.
 * @throws {LogRuleError} When a rule cannot be compiled; the message names the rule and what is wrong.
 */
export type OpenEntries = (options: EntryOptions) => EntryTaker

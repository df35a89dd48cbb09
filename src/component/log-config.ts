import type { LogRule } from './log-rule.ts'

/** How the bytes of a file are to be read. */
export type LogEncoding = 'utf-8' | 'utf-16-le' | 'utf-16-be' | 'shift-jis' | 'latin-1'

/** From where a file is read that is seen for the first time; those that begin with `force` forget what was read before. */
export type LogStart = 'beginning' | 'end' | 'forceBeginning' | 'forceEnd'

/**
 * One entry of `logs:` in a file of `conf.d`, or of the label `com.datadoghq.ad.logs`: where lines come from, or of what
 * container, and what is said of them. An absent text is to be found from the container.
 * @see datadog.md D.6
 */
export interface LogConfig {
  /** `container`: said of a container, by its label or by `image`, `label` and `name` of the entry. */
  readonly kind: 'container' | 'file' | 'tcp' | 'udp'
  /** Where it was read, for messages: `conf.d/web.d/conf.yaml:3:5`, `label com.datadoghq.ad.logs`. */
  readonly place: string
  readonly service?: string
  readonly source?: string
  /** With `sourcecategory:` among them. */
  readonly tags: readonly string[]
  readonly rules: readonly LogRule[]
  /** Of this source alone; else what the settings say. */
  readonly isAutoMultiLine?: boolean
  readonly maxMessageBytes?: number
  /** For `file`: an absolute path, with wildcards or without. */
  readonly path?: string
  readonly excludePaths?: readonly string[]
  readonly start?: LogStart
  readonly encoding?: LogEncoding
  /** For `tcp` and `udp`. */
  readonly port?: number
  /** Absent: `bind_host`. */
  readonly bindHost?: string
  readonly idleTimeoutMs?: number
  /** For `container`: of which containers; all that are given must fit. Absent in what a label says. */
  readonly image?: string
  readonly label?: string
  readonly name?: string
}

import type { FilePath } from './yaml-file.ts'

/** A value that a setting was given, as it would be written in the file, and where. */
export interface Assignment {
  readonly value: unknown
  /** `/etc/vigie/datadog.yaml:12:9`, `environment VIGIE_LISTEN` or `default`. */
  readonly place: string
  /** The place of a part of the value, by its path inside it; absent where the value is one text. */
  readonly placeOf?: (path: FilePath) => string
  /**
   * `legacy`: a variable of Agent 5 with a name that many programs use; `shared`: one that is meant for many programs,
   * such as `HTTP_PROXY`. Both are dropped when they make no sense.
   */
  readonly origin: 'default' | 'file' | 'environment' | 'legacy' | 'shared'
  /** Whether it was kept elsewhere, as a secret; then nothing of it is shown, whatever the setting. */
  readonly isSecret?: boolean
}

/** What was set, by the key of the setting. */
export type Assignments = ReadonlyMap<string, Assignment>

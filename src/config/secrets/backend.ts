/** What came of one handle. */
export type SecretAnswer =
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'fault'; readonly message: string }

/** What came of all handles, by handle; or why nothing could be asked. */
export type SecretAnswers =
  | { readonly kind: 'answers'; readonly of: (handle: string) => SecretAnswer }
  | { readonly kind: 'fault'; readonly message: string }

/** Where values are kept. */
export interface SecretBackend {
  /** The option that names it. */
  readonly option: 'secret_backend_command' | 'secret_backend_type'
  /** Asks for all handles at once. Never throws; no message has a value in it. */
  readonly read: (handles: readonly string[]) => SecretAnswers
  readonly describe: () => BackendDescription
}

/** What may be told of it. */
export type BackendDescription =
  | {
      readonly kind: 'command'
      readonly path: string
      /** `0700`; absent when there is no such file. */
      readonly mode?: string
      readonly owner?: number
      readonly group?: number
      /** Why it is not run. */
      readonly fault?: string
    }
  | {
      readonly kind: 'files'
      /** `docker.secrets`, or the program that it stands in for. */
      readonly name: string
      /** Folder or file; absent where each handle names its own. */
      readonly place?: string
    }

/** An answer for someone who asked wrongly. */
export function secretFault(message: string): { readonly kind: 'fault'; readonly message: string } {
  return { kind: 'fault', message }
}

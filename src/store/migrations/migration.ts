/** One step from a schema to the next. Its statements may run again after a crash, so each must bear that. */
export interface Migration {
  readonly version: number
  readonly name: string
  readonly statements: readonly string[]
}

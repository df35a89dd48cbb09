/** How our statements, which are written for tables of one server in the database `vigie`, are put for another place. */
export interface Dialect {
  /** One of ours that changes something, as those that together do the same there, in their order; none: nothing to do. */
  readonly commands: (statement: string) => readonly string[]
  /** One of ours that asks. */
  readonly question: (statement: string) => string
  /** One that a person wrote. */
  readonly peopleQuestion: (statement: string) => string
}

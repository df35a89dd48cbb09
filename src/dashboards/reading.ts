/** What reading one widget works with. */
export interface Reading {
  /** Names of the dashboard's template variables. */
  readonly variables: ReadonlySet<string>
  /** Tells of the widget, or of a part of it, that it cannot be shown: a reason without its full stop. */
  readonly leaveOut: (reason: string) => void
}

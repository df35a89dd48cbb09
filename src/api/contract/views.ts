/** A page as somebody wants to see it again: its address but for the server's own part. */
export interface SavedView {
  /** Told by it: saving another under the same name takes its place. 1 to 100 characters. */
  readonly name: string
  /** `/`, `/logs`, `/metrics`: begins with a single slash, no `?`. */
  readonly path: string
  /** What stands behind `?`, without it: filter, sort, time range, selection. */
  readonly search: string
  readonly savedBy: string
  readonly savedAtMs: number
}

/** `POST /api/views`, for editors; answers with `SavedViewList`. A `lang` in the search is left out. */
export type NewSavedView = Pick<SavedView, 'name' | 'path' | 'search'>

/**
 * `GET /api/views`: by name. `POST /api/views/delete` with `{ name }`, for editors, deletes one; it answers with those that
 * are left, 404 when there is none of that name.
 */
export interface SavedViewList {
  readonly views: readonly SavedView[]
}

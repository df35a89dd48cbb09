import { join } from 'node:path'
import { openStateFile } from '../access/state-file.ts'
import { HttpError } from '../http/http-error.ts'
import { checkView, checkViewName, type NewView } from './check-view.ts'
import { maxViews, viewsSchema, type ViewRecord, type ViewsState } from './view-record.ts'

/** Pages that people have saved by name, for everybody who may look. */
export interface Views {
  /** By name. */
  readonly list: () => readonly ViewRecord[]
  /**
   * Saves a view in place of the one with the same name.
   * @throws {HttpError} 400 for what cannot be saved, 409 when there are too many.
   */
  readonly save: (view: NewView, by: string) => Promise<void>
  /** @throws {HttpError} 404 when there is none of this name. */
  readonly delete: (name: string) => Promise<void>
}

export interface ViewsOptions {
  readonly dataDir: string
  /** Unix milliseconds. */
  readonly clock: () => number
}

/**
 * Opens what is in `<data>/views`.
 * @throws {StateFileError} When it cannot be read; it is never written over.
 */
export async function openViews({ dataDir, clock }: ViewsOptions): Promise<Views> {
  const file = await openStateFile<ViewsState>({
    folder: join(dataDir, 'views'),
    name: 'views',
    schema: viewsSchema,
    empty: { version: 1, views: [] },
  })
  return {
    list: () => file.state().views,
    async save(view, by) {
      const saved = { ...checkView(view), savedBy: by, savedAtMs: clock() }
      await file.change((state) => ({ state: put(state, saved), result: undefined }))
    },
    async delete(name) {
      const wanted = checkViewName(name)
      await file.change((state) => ({ state: remove(state, wanted), result: undefined }))
    },
  }
}

function put(state: ViewsState, view: ViewRecord): ViewsState {
  const others = state.views.filter(({ name }) => name !== view.name)
  if (others.length >= maxViews) {
    throw new HttpError(
      409,
      `Cannot save another view: there are ${maxViews}; delete those that are not used`,
    )
  }
  const views = [...others, view].toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
  return { ...state, views }
}

function remove(state: ViewsState, name: string): ViewsState {
  const views = state.views.filter((view) => view.name !== name)
  if (views.length < state.views.length) return { ...state, views }
  throw new HttpError(404, `Cannot delete the view "${name}": there is none with this name`)
}

import { HttpError } from '../http/http-error.ts'
import type { ViewRecord } from './view-record.ts'

/** A view as somebody wants it saved. */
export type NewView = Pick<ViewRecord, 'name' | 'path' | 'search'>

const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u
/** What may stand in a segment of the path of an address. */
const segment = /^[\p{L}\p{N}._~%:@!$&'()*+,;=-]+$/u
const maxPath = 200
const maxSearch = 4000

/**
 * The view as it is kept: its name trimmed, its search without `?` and without `lang`, which is everybody's own.
 * @throws {HttpError} 400 for a name that cannot be seen, a path that does not stay on this server, and a search that is too long.
 */
export function checkView({ name, path, search }: NewView): NewView {
  return { name: checkViewName(name), path: checkPath(path), search: checkSearch(search) }
}

/** @throws {HttpError} 400 for an empty one, a long one, and one with signs that cannot be seen. */
export function checkViewName(name: string): string {
  const trimmed = name.trim().normalize('NFC')
  if (trimmed !== '' && trimmed.length <= 100 && !unseen.test(trimmed)) return trimmed
  throw new HttpError(
    400,
    `Cannot name the view "${shown(name)}": give 1 to 100 characters that can be seen`,
  )
}

function checkPath(path: string): string {
  if (path.length <= maxPath && isOwn(path)) return path
  throw new HttpError(
    400,
    `Cannot save a view of "${shown(path)}": expected the path of a page, such as /logs, of at most ${maxPath} characters`,
  )
}

/** `/`, or segments behind single slashes, that stay below it and are none of the API. */
function isOwn(path: string): boolean {
  if (path === '/') return true
  const [root, first, ...further] = path.replace(/\/$/, '').split('/')
  if (root !== '' || first === undefined || first === 'api') return false
  return [first, ...further].every((one) => one !== '..' && segment.test(one))
}

function checkSearch(search: string): string {
  const parts = search.replace(/^\?/, '').split('&')
  const own = parts.filter((part) => !new URLSearchParams(part).has('lang')).join('&')
  if (own.length <= maxSearch && !unseen.test(own) && !own.includes('#')) return own
  throw new HttpError(
    400,
    `Cannot save the view: expected what stands behind the ? of an address, at most ${maxSearch} characters; it has ${own.length}`,
  )
}

function shown(text: string): string {
  return text.slice(0, 100).toWellFormed()
}

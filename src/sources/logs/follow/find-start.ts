import type { Place } from '../entry.ts'
import type { FollowRequest } from './follow.ts'
import { isCopy, isSameFile } from './file-id.ts'
import { peekId } from './peek-id.ts'
import type { ListedFile } from './rotated-files.ts'

export interface StartOptions extends Pick<
  FollowRequest,
  'rotation' | 'hasTimedLines' | 'resume' | 'start'
> {
  /** The file that is written to now. */
  readonly place: string
  /** It was not there at the first look: it is read whole. */
  readonly wasAbsent: boolean
}

/** A file, and where in it reading begins. */
export interface StartPlace {
  readonly file: ListedFile
  readonly offset: number
}

/**
 * In which of the files of an origin, oldest first, reading begins, and where.
 *
 * With a kept place, in the file that has its id, or in a copy of it; without an id, in the one at the path if it is long enough. When none has it, that file was deleted: of what Docker
 * and the kubelet rotate all is newer then, and is read; of other files only the one at the path, since what else lies there
 * may have been read long ago.
 * @returns `undefined` when there is none yet.
 */
export function findStart(
  files: readonly ListedFile[],
  options: StartOptions,
): StartPlace | undefined {
  const { rotation, place, resume, start, wasAbsent } = options
  const current = files.findLast(({ path }) => path === place)
  if (resume === undefined && start === 'end') {
    return current && { file: current, offset: wasAbsent ? 0 : current.sizeBytes }
  }
  const kept = resume && findKept(files, { ...options, resume })
  if (kept !== undefined) return kept
  const first = rotation === 'any' ? current : files[0]
  return first && { file: first, offset: 0 }
}

function findKept(
  files: readonly ListedFile[],
  { hasTimedLines, resume, place }: StartOptions & { readonly resume: Place },
): StartPlace | undefined {
  // Another agent knew the file by its name alone.
  if (resume.fileId === 0n && resume.offset > 0) {
    const named = files.findLast(({ path }) => path === place)
    return named && isLongEnough(named, resume.offset)
      ? { file: named, offset: resume.offset }
      : undefined
  }
  const ids = files.map((file) => peekId(file, hasTimedLines))
  const same = ids.findLastIndex(
    (id) => id !== undefined && isSameFile(resume.fileId, id, hasTimedLines),
  )
  const copy = ids.findLastIndex(
    (id) => id !== undefined && isCopy(resume.fileId, id, hasTimedLines),
  )
  const file =
    files[same] ?? files.slice(copy, copy + 1).find((found) => isLongEnough(found, resume.offset))
  return file && { file, offset: resume.offset }
}

function isLongEnough({ isCompressed, sizeBytes }: ListedFile, offset: number): boolean {
  return isCompressed || sizeBytes >= offset
}

import { statfs } from 'node:fs/promises'
import { BackupError } from './backup-error.ts'

/** Room that is left to everything else. */
const spareBytes = 64 * 1024 * 1024

/** @throws {BackupError} When the disk that `folder` is on has no room for so many bytes more. */
export async function checkRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const freeBytes = bavail * bsize
  if (freeBytes >= bytes + spareBytes) return
  throw new BackupError(
    `Cannot copy ${inMebibytes(bytes)} to ${folder}: its disk has ${inMebibytes(freeBytes)} free, and ${inMebibytes(spareBytes)} are kept free; make room, or take another disk`,
  )
}

function inMebibytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 / 1024)} MiB`
}

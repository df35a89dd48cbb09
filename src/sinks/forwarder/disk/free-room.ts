import { statfs } from 'node:fs/promises'

/**
 * How many bytes may still be written to the file system of `folder` before more than `maxUsedRatio` of it is in use;
 * less than 0 when more is already.
 * @throws {NodeJS.ErrnoException} When the folder is not there.
 */
export async function freeRoom(folder: string, maxUsedRatio: number): Promise<number> {
  const { blocks, bavail, bsize } = await statfs(folder)
  return (bavail - blocks * (1 - maxUsedRatio)) * bsize
}

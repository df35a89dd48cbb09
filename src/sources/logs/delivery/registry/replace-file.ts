import { open, rename } from 'node:fs/promises'

/**
 * Puts `text` in the place of the file at `path`, for its owner alone. A reader, also one after a power cut, sees the
 * file before or the one after, never a part of it or an empty one: what is renamed is on the disk already. Which of the
 * two that is after a power cut is not promised.
 * @throws {Error} Node's own, when the file cannot be written.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const newPath = `${path}.new`
  {
    await using file = await open(newPath, 'w', 0o600)
    await file.writeFile(text)
    await file.datasync()
  }
  await rename(newPath, path)
}

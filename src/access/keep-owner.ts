import { chown, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Gives what root has made to whoever owns the folder it is in: the server, which may not be root, has to read it. */
export async function keepOwner(path: string): Promise<void> {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = await stat(dirname(path))
  await chown(path, uid, gid)
}

import { accessSync, constants, statSync, type Stats } from 'node:fs'

/**
 * Why a program may not be asked for secrets; `undefined` when it may. Whoever could change it, or run it, could have the
 * secrets too.
 * @see comp/core/secrets/impl/check_rights_nix.go of the Datadog Agent
 */
export function checkRights(path: string, mayGroupRun: boolean): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return `saw no such file ${path}`
  if (!stats.isFile()) return `saw that ${path} is not a file`
  if ((stats.mode & (mayGroupRun ? 0o027 : 0o077)) !== 0) {
    const allowed = mayGroupRun
      ? 'none for others, and none to write for its group'
      : 'only its owner'
    return `saw that ${path} has mode ${writeMode(stats)}; allowed rights: ${allowed}, as after chmod ${mayGroupRun ? 750 : 700}`
  }
  try {
    accessSync(path, constants.X_OK)
    return undefined
  } catch {
    return `saw that ${path} cannot be run by this user`
  }
}

/** `0700` */
export function writeMode({ mode }: Stats): string {
  return (mode & 0o7777).toString(8).padStart(4, '0')
}

import { realpathSync } from 'node:fs'
import { isAbsolute, relative, resolve } from 'node:path'
import { readTextFile } from '../read-text-file.ts'
import { secretFault, type SecretAnswer } from './backend.ts'

/**
 * The text of a file below `folder`, without line ends at its end. A link may not lead out of the folder: who may name a
 * file there may not thereby read any other. Never throws.
 * @param path Absolute, or from `folder` on.
 */
export function readSecretFile(folder: string, path: string): SecretAnswer {
  const file = resolve(folder, path)
  const [realFolder, realFile] = [findReal(folder), findReal(file)]
  if (realFolder === undefined) return secretFault(`there is no folder ${folder}`)
  if (realFile === undefined) return secretFault(`there is no file ${file} that can be reached`)
  const way = relative(realFolder, realFile)
  if (way === '' || way.startsWith('..') || isAbsolute(way)) {
    return secretFault(`${file} is outside of ${folder}`)
  }
  const read = readTextFile(realFile, 'ENC[…]')
  if (read.kind === 'fault') return secretFault(`${file}: ${read.message}`)
  const value = read.text.replace(/[\r\n]+$/, '')
  return value === '' ? secretFault(`${file} is empty`) : { kind: 'value', value }
}

function findReal(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}

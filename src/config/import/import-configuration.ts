import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Document, parse } from 'yaml'
import { readTextFile } from '../read-text-file.ts'
import type { ComponentLists } from '../schema/compose-schema.ts'
import { convertAgentSettings } from './convert-agent-settings.ts'
import { convertCheckFile, convertTemplate } from './convert-check-file.ts'
import { convertDockerDaemon } from './convert-docker-daemon.ts'
import { convertKubernetes } from './convert-kubernetes.ts'
import { createJudge } from './create-judge.ts'
import { Draft, type Dropped } from './draft.ts'
import { ImportError } from './import-error.ts'
import { readIni } from './read-ini.ts'
import { writeImported, type ImportedFile, type WrittenFile } from './write-imported.ts'

/** What to import. */
export interface ImportRequest {
  /** Folder of Agent 5: `datadog.conf` and `conf.d`. */
  readonly oldFolder: string
  /** Folder for `datadog.yaml` and `conf.d`; made where it is not there. */
  readonly newFolder: string
  /** Whether a `datadog.yaml` with a key of its own is replaced. */
  readonly isForced: boolean
  readonly components: ComponentLists
}

/** What an import has done. */
export interface ImportReport {
  readonly written: readonly WrittenFile[]
  /** Settings in the new `datadog.yaml`. */
  readonly settingCount: number
  /** Every line that has no place any more. */
  readonly dropped: readonly Dropped[]
}

/**
 * Converts the configuration of Agent 5: `datadog.conf`, and the files for single checks.
 * @throws {ImportError} If there is no `datadog.conf`, or what is in use already would be replaced; nothing is written then.
 * @see datadog.md A.8
 */
export function importConfiguration(request: ImportRequest): ImportReport {
  const { oldFolder, newFolder } = request
  const target = join(newFolder, 'datadog.yaml')
  if (!request.isForced && hasKey(target)) {
    throw new ImportError(
      `Cannot import into ${target}: it has an api_key, so it is in use; add --force to replace it (it is kept as ${target}.bak)`,
    )
  }
  const draft = new Draft(createJudge(request.components))
  const path = join(oldFolder, 'datadog.conf')
  const old = readTextFile(path)
  if (old.kind === 'fault') throw new ImportError(`Cannot import ${path}: ${old.message}`)
  convertAgentSettings({ path, ini: readIni(old.text) }, draft)
  const checks = convertChecks(request, draft)
  const files = [{ path: target, text: draft.print() }, ...checks]
  return {
    written: files.map(writeImported),
    settingCount: draft.count,
    dropped: draft.dropped,
  }
}

/** A file that cannot be read or parsed has no key that it would be a pity for. */
function hasKey(path: string): boolean {
  try {
    const values: unknown = parse(readFileSync(path, 'utf8'))
    if (typeof values !== 'object' || values === null || !('api_key' in values)) return false
    return typeof values.api_key === 'string' && values.api_key !== ''
  } catch {
    return false
  }
}

function convertChecks(
  { oldFolder, newFolder }: ImportRequest,
  draft: Draft,
): readonly ImportedFile[] {
  const folder = join(oldFolder, 'conf.d')
  const target = (check: string, file: string): string =>
    join(newFolder, 'conf.d', `${check}.d`, file)
  const checks = listYaml(folder).flatMap((name) => {
    const check = name.slice(0, -'.yaml'.length)
    return convertCheck({ check, path: join(folder, name) }, target, draft)
  })
  const templates = listYaml(join(folder, 'auto_conf')).flatMap((name) => {
    const path = join(folder, 'auto_conf', name)
    const text = readOld(path, draft)
    if (text === undefined) return []
    const check = name.slice(0, -'.yaml'.length)
    return [{ path: target(check, 'auto_conf.yaml'), text: convertTemplate(text) }]
  })
  return [...checks, ...templates]
}

function convertCheck(
  { check, path }: { readonly check: string; readonly path: string },
  target: (check: string, file: string) => string,
  draft: Draft,
): readonly ImportedFile[] {
  switch (check) {
    case 'docker':
      draft.drop({ place: path, name: 'this file' }, 'docker_daemon.yaml took its place in Agent 5')
      return []
    case 'docker_daemon':
      return printInstance(target('docker', 'conf.yaml'), convertDockerDaemon(path, draft))
    case 'kubernetes':
      return printInstance(target('kubelet', 'conf.yaml'), convertKubernetes(path, draft))
    default: {
      const text = readOld(path, draft)
      if (text === undefined) return []
      return [{ path: target(check, 'conf.yaml'), text: convertCheckFile(text) }]
    }
  }
}

function printInstance(
  path: string,
  instance: Readonly<Record<string, unknown>> | undefined,
): readonly ImportedFile[] {
  if (instance === undefined) return []
  const document = new Document({ init_config: null, instances: [instance] })
  document.commentBefore = ' Imported from the configuration of Agent 5.'
  return [{ path, text: document.toString({ lineWidth: 0, nullStr: '' }) }]
}

function readOld(path: string, draft: Draft): string | undefined {
  const text = readTextFile(path)
  if (text.kind === 'text') return text.text
  draft.drop({ place: path, name: 'this file' }, text.message)
  return undefined
}

function listYaml(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .toSorted()
}

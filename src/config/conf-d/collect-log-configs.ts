import type { LogConfig } from '../../component/log-config.ts'
import { parseLogConfigs } from '../../component/parse-log-configs.ts'
import { describeSeenSecret } from '../describe-seen.ts'
import type { Findings } from '../findings.ts'
import { readTextFile } from '../read-text-file.ts'
import type { SecretReader } from '../secrets/secret-reader.ts'
import { parseYamlFile } from '../yaml-file.ts'

/**
 * What a file in `conf.d` has under `logs:`. An entry that cannot be read is left out with a warning, as the Datadog Agent
 * does it: the others are read all the same. What is wrong with the file as a whole is told by whoever reads its instances.
 * @see datadog.md D.6
 */
export function collectLogConfigs(
  path: string,
  secrets: SecretReader,
  findings: Findings,
): readonly LogConfig[] {
  const text = readTextFile(path)
  if (text.kind === 'fault' || !text.text.includes('logs')) return []
  const own: Findings = { faults: [], warnings: [], infos: [], withoutEffect: [] }
  const file = parseYamlFile(path, text.text, own)
  const { values } = file
  if (typeof values !== 'object' || values === null || !('logs' in values)) return []
  const { logs } = values
  if (logs === null) return []
  if (!Array.isArray(logs)) {
    findings.faults.push({
      place: file.placeOf(['logs']),
      message: `saw ${describeSeenSecret(logs)}; allowed: a list of logs to collect`,
    })
    return []
  }
  const entries: readonly unknown[] = logs
  const images = 'ad_identifiers' in values ? listImages(values.ad_identifiers) : []
  return entries.flatMap((entry, at) => {
    const place = file.placeOf(['logs', at])
    const revealed = secrets.revealPart(entry, { place, key: 'logs' })
    const { configs } = parseLogConfigs([revealed], place)
    // What is said of a value is said of the handle, never of what it stands for.
    const { faults, warnings } = parseLogConfigs([entry], place)
    findings.warnings.push(...faults, ...warnings)
    return configs.flatMap((config) => narrow(config, images))
  })
}

function listImages(identifiers: unknown): readonly string[] {
  return Array.isArray(identifiers) ? identifiers.filter((each) => typeof each === 'string') : []
}

/** A template is for containers whose image is called so, unless it says itself which ones it is for. */
function narrow(config: LogConfig, images: readonly string[]): readonly LogConfig[] {
  const { kind, image, label, name } = config
  const isOpen = kind === 'container' && (image ?? label ?? name) === undefined
  if (!isOpen || images.length === 0) return [config]
  return images.map((each) => ({ ...config, image: each }))
}

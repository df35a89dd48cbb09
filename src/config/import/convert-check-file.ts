import { isMap, isSeq, parseDocument } from 'yaml'

const key = 'min_collection_interval'

/**
 * A file for a check as the newer agent wants it: `min_collection_interval` goes from `init_config` into each instance.
 * Everything else stays as it is written, and so does a file that cannot be parsed.
 */
export function convertCheckFile(text: string): string {
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' })
  if (document.errors.length > 0 || !isMap(document.contents)) return text
  const common = document.getIn(['init_config'])
  const instances = document.getIn(['instances'])
  if (!isMap(common) || !common.has(key)) return text
  const interval = common.get(key)
  common.delete(key)
  for (const instance of isSeq(instances) ? instances.items : []) {
    if (isMap(instance) && !instance.has(key)) instance.set(key, interval)
  }
  return document.toString({ lineWidth: 0 })
}

/** A template for containers: what its images are called is `ad_identifiers` now. */
export function convertTemplate(text: string): string {
  return convertCheckFile(text).replace(/^docker_images:/m, 'ad_identifiers:')
}

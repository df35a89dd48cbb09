import type { BoardedContainer } from '../../../component/container-board.ts'
import { readGoPattern } from '../../../component/go-pattern.ts'
import type { LogConfig } from '../../../component/log-config.ts'

type Matched = Pick<BoardedContainer, 'name' | 'image' | 'labels'>

/**
 * Says whether an entry of `conf.d` is about a container: all of `image`, `label` and `name` that it has must fit; one that
 * has none fits all. `image` is the end of the image's name, with its tag or without; `label` one or more of `key`,
 * `key:value` or `key=value`, apart by commas, of which one must be there; `name` a regular expression found in the name.
 * @see DataDog/datadog-agent, pkg/logs/internal/tailers/docker, the filters of container sources
 */
export function createConfigMatcher(
  config: Pick<LogConfig, 'image' | 'label' | 'name'>,
): (container: Matched) => boolean {
  const { image, label, name } = config
  const namePattern = name === undefined ? undefined : toPattern(name)
  return (container) =>
    (image === undefined || isImage(container.image, image)) &&
    (label === undefined || hasLabel(container.labels, label)) &&
    (namePattern === undefined || namePattern.test(container.name))
}

/** What is no regular expression stands for itself. */
function toPattern(text: string): RegExp {
  const read = readGoPattern(text)
  return read.kind === 'pattern' ? read.pattern : new RegExp(RegExp.escape(text))
}

function isImage(image: string, wanted: string): boolean {
  const [whole = ''] = image.split('@', 1)
  const colon = whole.indexOf(':', whole.lastIndexOf('/') + 1)
  const names = colon < 0 ? [whole, `${whole}:latest`] : [whole, whole.slice(0, colon)]
  return names.some((each) => each === wanted || each.endsWith(`/${wanted}`))
}

function hasLabel(labels: Readonly<Record<string, string>>, wanted: string): boolean {
  return wanted.split(',').some((part) => {
    const label = part.trim()
    if (Object.hasOwn(labels, label)) return true
    const at = label.search(/[:=]/)
    return at > 0 && labels[label.slice(0, at)] === label.slice(at + 1)
  })
}

import type { TagScope } from '../../model/person.ts'
import type { ContainerAnswer } from '../containers.ts'
import { meetsScope } from './meets-scope.ts'

/** Whether a container meets a scope: by its tags, and by host, id and name, whether these are among its tags or not. */
export function seesContainer(
  scope: TagScope,
  { host, container }: Pick<ContainerAnswer, 'host' | 'container'>,
): boolean {
  const { id, name, tags } = container
  return meetsScope(scope, [
    ...tags,
    `host:${host}`,
    `container_id:${id}`,
    `container_name:${name}`,
  ])
}

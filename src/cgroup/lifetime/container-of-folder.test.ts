import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { containerOfFolder } from './container-of-folder.ts'

const id = 'a83348f9102a79b2698b0f8c42bd49439eddd0b84b89d267df4152824613d55a'
const garden = '1e7c9b9d-1234-4321-abcd-0123'

const cases: readonly (readonly [name: string, container: string | undefined])[] = [
  [id, id],
  [`docker-${id}.scope`, id],
  [`libpod-${id}.scope`, id],
  [`cri-containerd-${id}.scope`, id],
  [garden, garden],
  [`var-lib-docker-containers-${id}-mounts-shm.mount`, undefined],
  [`crio-conmon-${id}.scope`, undefined],
  [`libpod-conmon-${id}.scope`, undefined],
  ['docker', undefined],
  ['system.slice', undefined],
  ['kubepods-burstable-pod1e7c9b9d-1234-4321-abcd-0123456789ab.slice', undefined],
  [id.slice(1), undefined],
]

describe('containerOfFolder()', () => {
  for (const [name, container] of cases) {
    test(`${name} is ${container === undefined ? "no container's" : "a container's"}`, () => {
      assert.equal(containerOfFolder(name), container)
    })
  }
})

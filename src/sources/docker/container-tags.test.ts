import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeContainer } from '../../../test/agent/engine-container.ts'
import { makeTags } from './container-tags.ts'

const image = [
  'docker_image:registry:5000/team/web:1.2',
  'image_name:registry:5000/team/web',
  'short_image:web',
  'image_tag:1.2',
]

describe('makeTags()', () => {
  test('gives the tags of the image, of the service and of the container', () => {
    const container = makeContainer({
      labels: { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'front' },
    })
    const low = [
      ...image,
      `image_id:${container.imageId}`,
      'runtime:docker',
      'docker_compose_project:shop',
      'docker_compose_service:front',
    ]
    assert.deepEqual(makeTags(container), {
      imageTags: image,
      low,
      high: [...low, 'container_name:web', `container_id:${container.id}`],
    })
  })

  test('knows the labels of Swarm', () => {
    const labels = {
      'com.docker.swarm.service.name': 'shop_front',
      'com.docker.stack.namespace': 'shop',
      'org.example.team': 'core',
    }
    const { low } = makeTags(makeContainer({ labels }))
    assert.deepEqual(low.slice(6), ['swarm_service:shop_front', 'swarm_namespace:shop'])
  })

  test('has no tag for the version of an image that names none', () => {
    const { imageTags } = makeTags(makeContainer({ image: 'busybox' }))
    assert.deepEqual(imageTags, [
      'docker_image:busybox',
      'image_name:busybox',
      'short_image:busybox',
    ])
  })
})

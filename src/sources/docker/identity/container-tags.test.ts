import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeContainer } from '../../../../test/agent/engine-container.ts'
import { openRules, type ContainerRules } from '../../../component/container-rules.ts'
import { mask } from '../../../docker/mask-secrets.ts'
import { makeTags, type ContainerTags } from './container-tags.ts'

const image = [
  'docker_image:registry:5000/team/web:1.2',
  'image_name:registry:5000/team/web',
  'short_image:web',
  'image_tag:1.2',
]

/** What each list has beyond those of a container without labels and variables, and beyond the list before it. */
function addedTo(
  change: Parameters<typeof makeContainer>[0],
  rules: Partial<ContainerRules> = {},
  extras: Parameters<typeof makeTags>[2] = {},
): Omit<ContainerTags, 'imageTags'> {
  const bare = new Set(makeTags(makeContainer()).high)
  const { low, orchestrator, high } = makeTags(
    makeContainer(change),
    { ...openRules, ...rules },
    extras,
  )
  const without = (tags: readonly string[], fewer: readonly string[]): readonly string[] =>
    tags.filter((tag) => !bare.has(tag) && !fewer.includes(tag))
  return {
    low: without(low, []),
    orchestrator: without(orchestrator, low),
    high: without(high, orchestrator),
  }
}

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
      orchestrator: low,
      high: [...low, 'container_name:web', `container_id:${container.id}`],
    })
  })

  test('knows the labels of Swarm', () => {
    const labels = {
      'com.docker.swarm.service.name': 'shop_front',
      'com.docker.stack.namespace': 'shop',
      'com.docker.swarm.node.id': 'n1',
      'com.docker.swarm.task.name': 'shop_front.1.x',
      'org.example.team': 'core',
    }
    assert.deepEqual(addedTo({ labels }), {
      low: ['swarm_service:shop_front', 'swarm_namespace:shop', 'swarm_node_id:n1'],
      orchestrator: ['swarm_task:shop_front.1.x'],
      high: [],
    })
  })

  test('takes the latest version for meant where none is named', () => {
    const { imageTags } = makeTags(makeContainer({ image: 'busybox' }))
    assert.deepEqual(imageTags, [
      'docker_image:busybox:latest',
      'image_name:busybox',
      'short_image:busybox',
      'image_tag:latest',
    ])
  })

  for (const named of ['1111111111', `team/web@sha256:${'2'.repeat(64)}`, '']) {
    test(`has no version for an image named ${JSON.stringify(named)}`, () => {
      const { imageTags } = makeTags(makeContainer({ image: named }))
      assert.ok(!imageTags.some((tag) => tag.startsWith('image_tag:')))
    })
  }

  test('knows the variables and labels of other orchestrators', () => {
    const env = ['NOMAD_JOB_NAME=shop', 'MARATHON_APP_ID=/shop', 'MESOS_TASK_ID=t.1', 'NOMAD_DC=']
    const labels = { 'io.rancher.stack.name': 's', 'io.rancher.container.name': 's-1' }
    assert.deepEqual(addedTo({ env, labels }), {
      low: ['rancher_stack:s', 'marathon_app:/shop', 'nomad_job:shop'],
      orchestrator: ['mesos_task:t.1'],
      high: ['rancher_container:s-1'],
    })
  })

  const unified: readonly (readonly [what: string, env: string[], labels: {}, low: string[]])[] = [
    ['variables', ['DD_ENV=prod', 'DD_VERSION=2'], {}, ['env:prod', 'version:2']],
    [
      'a variable before a label before OTEL',
      ['DD_ENV=a', 'OTEL_SERVICE_NAME=c', 'OTEL_RESOURCE_ATTRIBUTES=service.version=d'],
      { 'com.datadoghq.tags.env': 'b', 'com.datadoghq.tags.service': 'b' },
      ['env:a', 'service:b', 'version:d'],
    ],
    [
      'the name of OTEL before its attributes',
      [
        'OTEL_RESOURCE_ATTRIBUTES=service.name = x , deployment.environment=y',
        'OTEL_SERVICE_NAME=z',
      ],
      {},
      ['env:y', 'service:z'],
    ],
    ['nothing for what is empty', ['DD_ENV=', 'OTEL_RESOURCE_ATTRIBUTES=,='], {}, []],
    ['the last of a variable that is set twice', ['DD_ENV=a', 'DD_ENV=b'], {}, ['env:b']],
  ]
  for (const [what, env, labels, low] of unified)
    test(`takes env, service and version from ${what}`, () =>
      assert.deepEqual(addedTo({ env, labels }).low, low))

  test('takes the code of an image from its labels, unless the container says otherwise', () => {
    const labels = {
      'org.opencontainers.image.revision': 'abc',
      'org.opencontainers.image.source': 'https://example.org/shop',
    }
    assert.deepEqual(addedTo({ labels, env: ['DD_GIT_COMMIT_SHA=def'] }).low, [
      'git.commit.sha:def',
      'git.repository_url:https://example.org/shop',
    ])
  })

  const rules: readonly (readonly [
    template: string,
    pattern: string,
    low: string[],
    high: string[],
  ])[] = [
    ['team', 'Org.Example.Team', ['team:core'], []],
    ['team, +owner', 'org.example.team', ['team:core'], ['owner:core']],
    ['+%%label%%', 'org.example.*', [], ['Org.Example.Team:core', 'org.example.tier:1']],
    ['l_%%label%%%%port%%', '*tier', ['l_org.example.tier:1'], []],
    ['x', 'org.example', [], []],
    ['service', 'org.example.team', ['service:core'], []],
    ['+', 'org.example.team', [], []],
  ]
  for (const [template, pattern, low, high] of rules)
    test(`makes ${[...low, ...high].join(', ') || 'nothing'} of ${pattern}: ${template}`, () => {
      const labels = { 'Org.Example.Team': 'core', 'org.example.tier': '1', 'org.example.x': '' }
      const added = addedTo({ labels }, { labelsAsTags: { [pattern]: template } })
      assert.deepEqual([added.low, added.high], [low, high])
    })

  test('makes tags of variables, but none of a masked secret', () => {
    const env = ['APP_TIER=front', `APP_TOKEN=${mask}`, `APP_DB=postgres://u:${mask}@db`]
    assert.deepEqual(addedTo({ env }, { envAsTags: { 'app_*': '%%env%%' } }).low, [
      'APP_TIER:front',
    ])
  })

  test('takes the tags of a label and those of the engine', () => {
    const labels = { 'com.datadoghq.ad.tags': '["team:web", "odd", 5]' }
    assert.deepEqual(addedTo({ labels }, {}, { tags: ['docker_swarm_node_role:manager'] }), {
      low: ['docker_swarm_node_role:manager'],
      orchestrator: [],
      high: ['team:web'],
    })
    assert.deepEqual(addedTo({ labels: { 'com.datadoghq.ad.tags': '[oops' } }).high, [])
  })

  test('has no tag twice', () => {
    const labels = { a: 'web', b: 'web' }
    const { low } = addedTo({ labels }, { labelsAsTags: { a: 'team', b: 'team', '*': 'team' } })
    assert.deepEqual(low, ['team:web'])
  })

  test('names the image of a container that was made from an id', () => {
    const container = makeContainer({ image: `sha256:${'1'.repeat(64)}` })
    const names = { repoTags: ['team/web:2', 'team/web:1'], repoDigests: [] }
    assert.deepEqual(makeTags(container, openRules, { image: names }).imageTags, [
      'docker_image:team/web:1',
      'image_name:team/web',
      'short_image:web',
      'image_tag:1',
    ])
  })
})

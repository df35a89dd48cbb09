import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { mask, maskCommand, maskLabels, maskSecrets, maskText } from './mask-secrets.ts'

const masked = [
  'POSTGRES_PASSWORD=hunter2',
  'MYSQL_ROOT_PASSWORD=hunter2',
  'MYSQL_PWD=hunter2',
  'DB_PASS=hunter2',
  'SSH_PASSPHRASE=hunter2',
  'API_KEY=hunter2',
  'DD_API_KEY=hunter2',
  'apikey=hunter2',
  'AWS_ACCESS_KEY_ID=hunter2',
  'AWS_SECRET_ACCESS_KEY=hunter2',
  'RAILS_MASTER_KEY=hunter2',
  'SECRET_KEY_BASE=hunter2',
  'APP_KEY=base64:hunter2',
  'GITHUB_TOKEN=hunter2',
  'JWT=hunter2',
  'SENTRY_DSN=https://hunter2',
  'SLACK_WEBHOOK_URL=https://hunter2',
  'SESSION_SALT=hunter2',
  'BASIC_AUTH=hunter2',
]
const kept = [
  'PATH=/usr/bin:/bin',
  'PWD=/srv/app',
  'OLDPWD=/srv',
  'HOME=/root',
  'KEYBOARD=de',
  'NODE_ENV=production',
  'MONKEYS=12',
  'EMPTY_PASSWORD=',
  'no equals sign',
  'URL=https://example.org/a:b@c',
  'MAIL=me@example.org',
  'POSTGRES_PASSWORD_FILE=/run/secrets/pw',
  'UPSTREAM=auth-service:8080',
]
const inside: readonly (readonly [entry: string, after: string])[] = [
  ['DATABASE_URL=postgres://user:hunter2@db/app', `DATABASE_URL=postgres://user:${mask}@db/app`],
  ['CACHE=redis://:hunter2@cache:6379', `CACHE=redis://:${mask}@cache:6379`],
  ['JDBC=jdbc:postgresql://u:hunter2@db/x', `JDBC=jdbc:postgresql://u:${mask}@db/x`],
  ['DB=mysql://u:hun@ter2@db/x', `DB=mysql://u:${mask}@db/x`],
  ['MQ=amqp://a:x1@h1,amqp://b:x2@h2', `MQ=amqp://a:${mask}@h1,amqp://b:${mask}@h2`],
  ['ADO=Server=db;Password=hunter2;Port=1', `ADO=Server=db;Password=${mask};Port=1`],
  ['Q=https://h/?user=me&token=hunter2&x=1', `Q=https://h/?user=me&token=${mask}&x=1`],
]

describe('maskSecrets()', () => {
  for (const entry of masked) {
    const name = entry.split('=')[0] ?? ''
    test(`masks ${name}`, () => assert.deepEqual(maskSecrets([entry]), [`${name}=${mask}`]))
  }
  for (const entry of kept)
    test(`keeps ${entry}`, () => assert.deepEqual(maskSecrets([entry]), [entry]))
  for (const [entry, after] of inside)
    test(`gives ${after}`, () => assert.deepEqual(maskSecrets([entry]), [after]))

  test('leaves those that are to become tags as they are', () => {
    const env = ['AUTH_MODE=oidc', 'AUTH_TOKEN=hunter2']
    assert.deepEqual(maskSecrets(env, new Set(['auth_mode'])), [
      'AUTH_MODE=oidc',
      `AUTH_TOKEN=${mask}`,
    ])
  })
})

describe('maskLabels()', () => {
  test('masks what the name or the value gives away, and nothing else', () => {
    const labels = {
      'com.docker.compose.service': 'web',
      'org.opencontainers.image.authors': 'me@example.org',
      'traefik.http.middlewares.x.basicauth.users': 'me:$apr1$hunter2',
      'com.datadoghq.ad.instances': '[{"host": "%%host%%", "password": "hunter2"}]',
      'org.example.db': 'postgres://user:hunter2@db/app',
    }
    assert.deepEqual(maskLabels(labels), {
      ...labels,
      'traefik.http.middlewares.x.basicauth.users': mask,
      'com.datadoghq.ad.instances': `[{"host": "%%host%%", "password": "${mask}"}]`,
      'org.example.db': `postgres://user:${mask}@db/app`,
    })
  })
})

describe('maskCommand()', () => {
  const commands: readonly (readonly [before: readonly string[], after: readonly string[]])[] = [
    [['--password=hunter2'], [`--password=${mask}`]],
    [['--password=hunter 2 words'], [`--password=${mask}`]],
    [
      ['--requirepass', 'hunter 2'],
      ['--requirepass', mask],
    ],
    [
      ['--token', '--verbose'],
      ['--token', '--verbose'],
    ],
    [
      ['-e', 'TOKEN=hunter2'],
      ['-e', `TOKEN=${mask}`],
    ],
    [
      ['-u', 'me:hunter2'],
      ['-u', `me:${mask}`],
    ],
    [
      ['sh', '-c', 'PGPASSWORD=hunter2 psql -h db'],
      ['sh', '-c', `PGPASSWORD=${mask} psql -h db`],
    ],
    [
      ['sh', '-c', 'mysql --user=me --password hunter2 app'],
      ['sh', '-c', `mysql --user=me --password ${mask} app`],
    ],
    [['curl -u me:hunter2 https://h'], [`curl -u me:${mask} https://h`]],
    [['redis://:hunter2@cache'], [`redis://:${mask}@cache`]],
    [
      ['-H', 'Authorization: Bearer hunter2'],
      ['-H', `Authorization: Bearer ${mask}`],
    ],
  ]
  for (const [before, after] of commands)
    test(`gives ${after.join(' ')}`, () => assert.deepEqual(maskCommand(before), after))
  for (const command of [
    ['nginx', '-g', 'daemon off;'],
    ['httpd', '-f', '-p', '8080'],
    ['--password-file', '/run/secrets/pw'],
    ['su-exec', '-u', '1000:1000'],
    ['run --user 1000:1000 x'],
    ['--image=registry:5000/auth:1'],
  ])
    test(`keeps ${command.join(' ')}`, () => assert.deepEqual(maskCommand(command), command))
})

describe('maskText()', () => {
  for (const [text, after] of [
    ['{"status":"ok","token":"hunter2"}', `{"status":"ok","token":"${mask}"}`],
    ["{'api_key' : 'hunter2'}", `{'api_key' : '${mask}'}`],
    ['password: "hunter2 3"', `password: ${mask}`],
    ['GET /?token=hunter2&x=1 200', `GET /?token=${mask}&x=1 200`],
    ['listening on http://0.0.0.0:80', 'listening on http://0.0.0.0:80'],
  ] as const)
    test(`gives ${after}`, () => assert.equal(maskText(text), after))

  test('goes through a long text once', () => {
    const started = process.cpuUsage()
    for (const part of ['a', 'a.', 'a:', '-a ', '"a', 'a://', '--pass ', "'"])
      maskText(part.repeat(50_000))
    const { user } = process.cpuUsage(started)
    // Going through one of them twice as often for each character would take minutes.
    assert.ok(user < 20e6, `took ${user / 1e6} s`)
  })
})

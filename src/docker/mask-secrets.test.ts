import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { mask, maskSecrets } from './mask-secrets.ts'

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
})

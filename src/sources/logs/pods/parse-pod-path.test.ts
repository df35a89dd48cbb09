import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parsePodPath } from './parse-pod-path.ts'

const uid = 'd41a2f6c-0a59-4b1e-9d45-5a9a3f4c7e11'

describe('parsePodPath()', () => {
  test('reads the folder of Kubernetes 1.14 and newer', () => {
    assert.deepEqual(parsePodPath(`shop_web-7d9f-x2x_${uid}/nginx/3.log`), {
      podUid: uid,
      namespace: 'shop',
      podName: 'web-7d9f-x2x',
      containerName: 'nginx',
    })
  })

  test('reads the folder of older ones, which is only the uid', () => {
    assert.deepEqual(parsePodPath(`${uid}/nginx/0.log`), { podUid: uid, containerName: 'nginx' })
  })

  for (const path of [
    `shop_web_${uid}/nginx/0.log.20261121-210000`,
    `shop_web_${uid}/nginx/0.log.gz`,
    `shop_web_${uid}/nginx_0.log`,
    `shop_web_${uid}/nginx/deeper/0.log`,
    `shop_web/nginx/0.log`,
    `shop_web_${uid}//0.log`,
  ]) {
    test(`does not read ${path}`, () => assert.equal(parsePodPath(path), undefined))
  }
})

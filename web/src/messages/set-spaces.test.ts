import { describe, expect, test } from 'vitest'

import { setSpaces } from './set-spaces.ts'

describe('setSpaces()', () => {
  test.each([
    ['Non lu : {message}', 'Non lu\u00a0: {message}'],
    ['Supprimer « {name} » ?', 'Supprimer «\u00a0{name}\u00a0»\u202f?'],
    ['Rien n’est actif ; essayez', 'Rien n’est actif\u202f; essayez'],
    ['Essai dans {seconds} s.', 'Essai dans {seconds}\u00a0s.'],
    ['100 % est un cœur, 15 min', '100\u00a0% est un cœur, 15\u00a0min'],
    ['1 sem', '1\u00a0sem'],
  ])('keeps %s together', (written, expected) => {
    expect(setSpaces({ key: written })).toEqual({ key: expected })
  })

  test.each(['Filtrer : kind:exit, -action:start', '{count} sources', '{time} : {count} jours'])(
    'leaves the other spaces of %s',
    (written) => {
      const { key = '' } = setSpaces({ key: written })
      expect(key.replaceAll(/[\u00a0\u202f]/g, ' ')).toBe(written)
      expect(key.match(/\u00a0/g)?.length ?? 0).toBe(written.split(' : ').length - 1)
    },
  )
})

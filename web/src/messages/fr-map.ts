import type { enMap } from './en-map.ts'

/** The sentences of the map of containers, and of the choice of columns, in French. */
export const frMap: Readonly<Record<keyof typeof enMap, string>> = {
  'map.label': 'Carte des conteneurs',
  'map.colour': 'Couleur',
  'map.colour.cpu': 'CPU',
  'map.colour.cpuLimit': 'CPU, part de la limite',
  'map.colour.memory': 'Mémoire',
  'map.colour.memoryLimit': 'Mémoire, part de la limite',
  'map.colour.network': 'Réseau, reçu et émis',
  'map.colour.disk': 'Disque, lu et écrit',
  'map.colour.throttled': 'Périodes bridées',
  'map.size': 'Taille',
  'map.size.equal': 'identique',
  'map.size.memory': 'mémoire',
  'map.size.cpu': 'CPU',
  'map.legend': 'Couleurs : {figure}',
  'map.unread': 'non lu',
  'map.noLimit': 'sans limite, ou non lu',
  'map.off': 'à l’arrêt',
  'map.needsLook': 'à examiner',
  'map.median': 'la moitié sous {value}',
  'map.highest': 'maximum {value}, {name}',
  'map.highCount.one': '{count} au-dessus de {value}',
  'map.highCount.other': '{count} au-dessus de {value}',
  'map.unknownCount.one': '{count} sans chiffre',
  'map.unknownCount.other': '{count} sans chiffre',
  'map.keys':
    'Les flèches passent d’une case à l’autre, Entrée ouvre le conteneur, v affiche le tableau.',
  'map.tile': '{name}, {state}, {figure} {value}',
  'map.network': 'Réseau',
  'map.disk': 'Disque',
  'map.tapAgain': 'Touchez encore pour ouvrir',

  'columns.text':
    'État et nom sont toujours présents. Le choix est gardé dans ce navigateur et dans l’adresse.',
  'columns.reset': 'Comme au départ',
}

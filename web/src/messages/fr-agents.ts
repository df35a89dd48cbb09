import type { enAgents } from './en-agents.ts'

/** The sentences about the server and its agents in French. */
export const frAgents: Readonly<Record<keyof typeof enAgents, string>> = {
  'agents.none': 'Aucun agent ne s’est encore présenté.',
  'agents.away': 'absent depuis {time}',
  'agents.reporting': 'présent',
  'agents.version': 'Version',
  'agents.pid': 'Processus',
  'agents.up': 'En marche',
  'agents.cost': 'Coût',
  'agents.costText': '{cpu} d’un cœur, {memory}',
  'agents.host': 'Hôte',
  'agents.hostText': '{cores}, {memory}, {os}, noyau {kernel}, cgroup {cgroup}',
  'agents.engine': 'Moteur de conteneurs',
  'agents.engineOk': '{endpoint}, version {version}',
  'agents.engineOff': 'pas de source moteur',
  'agents.sources': 'Sources',
  'agents.sourceName': 'Source',
  'agents.sourceState': 'État',
  'agents.sourceWords': 'Ce que signale {source}',
  'agents.sourceTook': 'Durée',
  'agents.sourcePoints': 'Mesures',
  'agents.toldOnce': 'une fois, il y a {age} : {message}',
  'agents.toldOften': '{count} fois, la dernière il y a {age} : {message}',
  'agents.sourceRestarts': 'Relances',
  'agents.sourceLastRun': 'Dernier passage',
  'agents.never': 'jamais',
  'agents.noSources': 'Il n’a pas de source.',
  'agents.dropped': 'Abandonné',
  'agents.droppedNone': 'rien depuis le démarrage',
  'agents.buffered': 'En attente d’envoi',

  'agents.server': 'Serveur',
  'agents.serverFailed': 'L’état du serveur n’a pas pu être lu : {message}',
  'agents.upSince': '{age}, depuis {time}',
  'agents.disk': 'Données sur disque',
  'agents.diskOf': '{used} sur {limit}',
  'agents.diskUnlimited': '{used}, sans autre limite que le disque',
  'agents.kept': 'Jusqu’où remontent les métriques',
  'agents.step': 'Par intervalles de {step}',
  'agents.keptFrom': 'à partir de {time}',
  'agents.keptNone': 'rien encore',
  'agents.late.one':
    'Des points arrivés en retard sont en cours de regroupement : il reste {count} heure.',
  'agents.late.other':
    'Des points arrivés en retard sont en cours de regroupement : il reste {count} heures.',
  'agents.diskFull':
    'Le disque du stockage est plein. Plus rien n’est reçu, et les agents gardent ce qu’ils ont jusqu’à ce qu’il y ait de la place.',
  'agents.diskFullAdvice':
    'Libérez de la place sur le disque, ou donnez une limite au stockage avec {limit}.',
  'agents.droppedBelow':
    'Pour rester sous {limit}, {size} d’avant {time} ont été supprimés plus tôt que prévu, en commençant par le détail à la seconde.',
  'agents.droppedEarly':
    'Pour gagner de la place, {size} d’avant {time} ont été supprimés plus tôt que prévu, en commençant par le détail à la seconde.',
  'agents.droppedAdvice':
    'Pour garder plus, augmentez {limit}. Pour laisser de la place aux intervalles plus longs, réduisez {seconds}.',

  'source.running': 'active',
  'source.degraded': 'dégradée',
  'source.backoff': 'en retrait',
  'source.stopped': 'arrêtée',
  'engine.reachable': 'joignable',
  'engine.unreachable': 'injoignable',
}

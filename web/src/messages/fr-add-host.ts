import type { enAddHost } from './en-add-host.ts'

/** The sentences about adding a host, and about a server that watches nothing yet, in French. */
export const frAddHost: Readonly<Record<keyof typeof enAddHost, string>> = {
  'ways.label': 'Comment',
  'ways.docker': 'Docker',
  'ways.compose': 'Compose',
  'ways.daemonset': 'Kubernetes',
  'ways.systemd': 'systemd',
  'ways.shell': 'Terminal',
  'ways.datadog': 'Agent Datadog',
  'ways.dockerAbout': 'L’agent dans un conteneur. À lancer sur l’hôte à surveiller :',
  'ways.composeAbout': 'L’agent comme service de Docker Compose.',
  'ways.daemonsetAbout': 'Un agent sur chaque nœud d’un cluster Kubernetes.',
  'ways.systemdAbout':
    'Là où Vigie est installée sur l’hôte : l’agent comme service, lancé au démarrage.',
  'ways.shellAbout': 'Là où Vigie est installée sur l’hôte : l’agent au premier plan.',
  'ways.datadogAbout': 'Un véritable agent Datadog qui envoie ici.',
  'ways.save': 'Enregistrez ceci sous {file} :',
  'ways.then': 'Puis lancez :',
  'ways.copy': 'Copier : {name}',
  'ways.showKey': 'Afficher la clé',
  'ways.hideKey': 'Cacher la clé',
  'ways.arrived': '{host} envoie ses mesures.',
  'ways.goTo': 'Voir {host}',

  'firstRun.label': 'Que surveiller',
  'firstRun.here': 'Cette machine',
  'firstRun.other': 'Un autre hôte',
  'firstRun.waitingContainer': 'En attente du premier conteneur. Le tableau apparaît de lui-même.',
  'firstRun.waitingAgent': 'En attente du premier agent. Ses conteneurs apparaissent d’eux-mêmes.',
  'firstRun.server': 'Ce serveur est joint à l’adresse {url}.',
  'firstRun.local':
    'Seule cette machine atteint {url}. Pour d’autres hôtes, lancez le serveur de sorte qu’il les écoute :',
  'firstRun.localOpen':
    'Seule cette machine atteint {url}. Pour d’autres hôtes, créez un compte, puis lancez le serveur de sorte qu’il les écoute :',
  'firstRun.placeholder': 'Mettez une clé de ce serveur à la place de {placeholder}.',
  'firstRun.askAdmin': 'Un administrateur de ce serveur en a une.',
  'firstRun.failed': 'La façon d’ajouter un hôte n’a pas pu être lue : {message}',
  'firstRun.allInOne': 'Ou serveur et agent ensemble :',
  'firstRun.images': 'Ou les deux en conteneurs, une fois construits par `make image` :',
}

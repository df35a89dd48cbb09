/** In a clone of Vigie: starts the agent of this machine beside a server that runs there. */
export const startAgent = 'npm run --silent vigie -- agent'

/** In a clone: builds what is missing, and starts server and agent. */
export const startBoth = 'make run'

/** In a clone: a server that other machines reach; it does not start without an account. */
export const startForAll = `VIGIE_LISTEN=0.0.0.0:8127 ${startBoth}`

/** In a clone: the first account, of one who may make others. */
export const makeAccount = 'npm run --silent vigie -- user add ann --role admin'

/** In a clone: server and agent as containers, from the images that `make image` has built. */
export const startImages = 'docker compose -p vigie -f deploy/compose/compose.yaml up -d'

import { createSyntheticServer } from '../../test/browser/synthetic/server.ts'

// A process of its own, so that its work is not counted: `node bench/top/synthetic-process.ts <containers>`.
const server = createSyntheticServer(Number(process.argv[2]))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object') console.log(address?.port)
})

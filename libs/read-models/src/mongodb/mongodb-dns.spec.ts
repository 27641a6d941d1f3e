import dns from 'node:dns';
import { openReadModels, openReadModelsOrWait } from '../open.js';

const URL_OF_CLUSTER = 'mongodb+srv://cluster.percorso.example/percorso';

/** As the resolver of the system reports it: an error of its own, which the driver gives on. */
function away(code: string, syscall: string): Error {
  const message = `${syscall} ${code} _mongodb._tcp.cluster.percorso.example`;
  return Object.assign(new Error(message), {
    code,
    syscall,
    hostname: '_mongodb._tcp.cluster.percorso.example',
  });
}

describe('a MongoDB that is looked up by its name', () => {
  const { resolve } = dns.promises;
  /** What the resolver gives for the nodes of the name and for their options. */
  const resolving = (records: Record<string, Error | object[]>) =>
    Object.assign(dns.promises, {
      resolve: async (_name: string, type: string) => {
        const found = records[type];
        if (found instanceof Error) throw found;
        return found;
      },
    });

  afterEach(() => Object.assign(dns.promises, { resolve }));

  it.each(['ENOTFOUND', 'ESERVFAIL', 'ETIMEOUT', 'ECONNREFUSED'])(
    'is away while the resolver answers %s, and is waited for',
    async (code) => {
      resolving({ SRV: away(code, 'querySrv'), TXT: away('ENODATA', 'queryTxt') });
      await expect(openReadModels(URL_OF_CLUSTER)).rejects.toMatchObject({
        name: 'ReadModelError',
        code: 'unavailable',
        message: `cannot reach the read models: querySrv ${code} _mongodb._tcp.cluster.percorso.example`,
      });
      const store = await openReadModelsOrWait(URL_OF_CLUSTER);
      await expect(store.models()).rejects.toMatchObject({ code: 'unavailable' });
      await store.close();
    },
  );

  it('is away while its options cannot be looked up', async () => {
    const node = { name: 'node.percorso.example', port: 27_017, priority: 0, weight: 0 };
    resolving({ SRV: [node], TXT: away('ESERVFAIL', 'queryTxt') });
    await expect(openReadModels(URL_OF_CLUSTER)).rejects.toMatchObject({
      name: 'ReadModelError',
      code: 'unavailable',
    });
  });
});

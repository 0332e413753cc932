import { expect, it } from 'vitest';
import { listen } from './listen.ts';
import { publishedKeys } from './published-keys.ts';

const ISSUER = 'https://cognito-idp.eu-central-1.amazonaws.com/pool';

it('are read from the stand-in, and an invalid response throws', async () => {
  let status = 200;
  const server = await listen(0, async ({ path }) => ({
    status: path === '/pool/.well-known/jwks.json' ? status : 404,
    headers: [],
    body: Buffer.from('{"keys":[{"kid":"k1"}]}'),
  }));
  expect(await publishedKeys(server.url)(ISSUER)).toEqual([{ kid: 'k1' }]);
  status = 500;
  await expect(publishedKeys(server.url)(ISSUER)).rejects.toThrow('publishes no keys: 500');
  server.stop();
  await expect(publishedKeys(server.url)(ISSUER)).rejects.toThrow();
});

it('are empty without a stand-in', async () => {
  expect(await publishedKeys(undefined)(ISSUER)).toEqual([]);
});

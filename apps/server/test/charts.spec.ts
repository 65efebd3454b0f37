/** Charts over HTTP: the numbers and the picture are of the same revision, and say the same. */
import { bridgeDocument } from '@tieout/documents';
import { start } from './under-test';

test('a bridge as numbers and as a picture; a name that is none is not found', async () => {
  const { server } = await start({ sources: [{ book: 'sensetime-2022-interim' }] });
  const asked = (file: string) => fetch(`${server.url}/api/v1/books/sensetime-2022-interim/charts/${file}`);
  const numbers = await asked('cash-bridge.json');
  const bridge = bridgeDocument.parse(await numbers.json());
  expect([bridge.from.value, bridge.to.value, bridge.closes]).toEqual(['16529506', '10373626', true]);
  const picture = await asked('cash-bridge.svg');
  expect(picture.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
  expect(picture.headers.get('etag')).not.toBe(null);
  const drawn = await picture.text();
  expect(drawn).toContain('Cash and cash equivalents fell by 6,155,880');
  expect(drawn).not.toMatch(/style=|<script/);
  expect((await asked('other-bridge.svg')).status).toBe(404);
});

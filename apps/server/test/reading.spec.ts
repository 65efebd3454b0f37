/**
 * Reading: documents, what a cache may know of them, their other forms, and the refusals.
 */
import { bookDocument, statementDocument } from '@tieout/documents';
import { cornerShop, start } from './under-test';

test('the books, one of them, and a statement of it are what their schemas say', async () => {
  const { server, base } = await start();
  const list = await fetch(`${server.url}/api/v1/books`);
  expect(await list.json()).toEqual({
    schema: 'tieout.books/1',
    books: [
      {
        id: cornerShop,
        entity: expect.any(String) as string,
        title: expect.any(String) as string,
        href: `/api/v1/books/${cornerShop}`,
      },
    ],
  });
  const book = bookDocument.strict().parse(await (await fetch(base)).json());
  expect(book.who).toEqual({ name: 'keyboard', roles: ['reader', 'preparer', 'approver'], local: true });
  const answer = await fetch(`${base}/statements/is`);
  const statement = statementDocument.strict().parse(await answer.json());
  expect(statement.revision).toBe(book.revision);
  expect(answer.headers.get('tieout-revision')).toBe(String(book.revision));
  expect(answer.headers.get('etag')).toBe(book.etag);
});

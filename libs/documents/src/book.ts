/**
 * `tieout.books/1` and `tieout.book/1`: which books a server has, and what one is.
 */
import * as z from 'zod';

export const bookListDocument = z
  .object({
    schema: z.literal('tieout.books/1'),
    books: z.array(
      z.object({
        id: z.string(),
        entity: z.string(),
        title: z.string(),
        href: z.string().meta({ description: 'Where to ask about it' }),
      }),
    ),
  })
  .meta({ id: 'Books', description: 'The books that a server has' });

const statement = z.object({
  id: z.string(),
  command: z.string().nullable().meta({ description: 'The command that prints it, where it has one' }),
  title: z.string(),
});

export const statementListDocument = z
  .object({
    schema: z.literal('tieout.statements/1'),
    book: z.string(),
    revision: z.int(),
    basis: z.string(),
    statements: z.array(statement),
  })
  .meta({ id: 'Statements', description: 'The statements and notes that a book lays out' });

export const bookDocument = z
  .object({
    schema: z.literal('tieout.book/1'),
    id: z.string(),
    entity: z.string(),
    title: z.string(),
    currency: z.string(),
    amountUnit: z.string().meta({ description: 'The unit that entries are written in', example: "RMB'000" }),
    periods: z.array(z.object({ id: z.string(), label: z.string(), from: z.string(), to: z.string() })),
    statements: z.array(statement),
    revision: z.int().meta({ description: 'Events of the log that are shown: all, or those before knownAt' }),
    length: z.int().meta({ description: 'Events of the log' }),
    head: z.string().meta({ description: 'RFC 6962 Merkle root of the log at that revision, hex' }),
    basis: z.string().meta({ description: 'What the figures stand on: reconstructed entries' }),
    etag: z.string().meta({ description: 'Of the books as they are now: what a write sends as If-Match' }),
    who: z.object({
      name: z.string(),
      roles: z.array(z.string()),
      local: z.boolean().meta({ description: 'At the keyboard of the machine itself' }),
    }),
    readOnly: z.boolean(),
  })
  .meta({ id: 'Book', description: 'One book, and who asks' });

export type BookListDocument = z.infer<typeof bookListDocument>;
export type BookDocument = z.infer<typeof bookDocument>;

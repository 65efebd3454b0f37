/**
 * Which books there are, and what one is: where everyone begins.
 */
import { Controller, Inject } from '@nestjs/common';
import { bookDocument, bookListDocument } from '@tieout/documents';
import { headOf } from '@tieout/event-log';
import type { Session } from '@tieout/answers';
import { Asked, Books, Question, type AskedOf, type Who } from '../platform';
import { SERVING, type Serving } from '../platform/serving';

@Controller('books')
export class BookQuestions {
  constructor(
    @Inject(Books) private readonly books: Books,
    @Inject(SERVING) private readonly serving: Serving,
  ) {}

  @Question('', { answers: bookListDocument, summary: 'The books that are served', example: '/books' })
  list() {
    const books = this.books.ledgers.map(({ book: { id, entity, title } }) => ({
      id,
      entity,
      title,
      href: `/api/v1/books/${encodeURIComponent(id)}`,
    }));
    return { schema: 'tieout.books/1', books };
  }

  @Question(':book', {
    answers: bookDocument,
    summary: 'One book: its statements and periods, its revision and head, and who asks',
    example: '/books/{book}',
  })
  book(@Asked() { book: id, axes, who }: AskedOf) {
    return this.books.reading(id, axes, (session) => this.document(session, who));
  }

  private async document(session: Session, who: Who) {
    const { book, revision, basis, log } = session;
    const head = await this.books.kept(session, 'head', () => headOf(log, revision));
    const { currency, periods } = book.chart;
    return {
      schema: 'tieout.book/1',
      id: book.id,
      entity: book.entity,
      title: book.title,
      currency,
      amountUnit: book.amountUnit.text,
      periods: periods.map(({ id: period, label, from, to }) => ({ id: period, label, from, to })),
      statements: book.layouts.map(({ id: statement, command, title }) => ({
        id: statement,
        command: command ?? null,
        title,
      })),
      revision,
      length: await log.length(),
      head: head.head,
      basis,
      etag: await this.books.etag(book.id),
      who: { name: who.name, roles: [...who.roles], local: who.local },
      readOnly: this.serving.readOnly,
    };
  }
}

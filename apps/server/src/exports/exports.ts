/** The books in forms for elsewhere: a page that reads alone, and journals that other engines recompute. */
import { Controller, Inject } from '@nestjs/common';
import {
  journalFormats,
  journalPieces,
  reportDocuments,
  suggestion,
  surveyOf,
  type Session,
} from '@tieout/answers';
import { refuse } from '@tieout/events';
import * as z from 'zod';
import { Asked, Books, Question, type AskedOf } from '../platform';
import { reportPage } from './page';

const HTML = 'text/html; charset=utf-8';
const TEXT = 'text/plain; charset=utf-8';

@Controller('books/:book/exports')
export class Exports {
  constructor(@Inject(Books) private readonly books: Books) {}

  @Question('html', {
    answers: z.string(),
    type: HTML,
    summary: 'Statements, findings and figures as one page that reads without a script, to be saved',
    command: 'export html',
    example: '/books/{book}/exports/html',
  })
  page(@Asked() asked: AskedOf) {
    const file = `${asked.book}.html`;
    return this.books.answer(asked, async (session) => reportPage(await reportDocuments(session)), {
      type: HTML,
      file,
    });
  }

  @Question(':format', {
    answers: z.string(),
    type: TEXT,
    summary: 'The entries as a journal for another engine: hledger, ledger or beancount',
    command: 'export hledger',
    example: '/books/{book}/exports/hledger',
  })
  journal(@Asked() asked: AskedOf) {
    const format = asked.params['format'] ?? '';
    const file = `${asked.book}.${format === 'hledger' ? 'journal' : format}`;
    return this.books.answer(asked, (session) => journalOf(session, format), { type: TEXT, file });
  }
}

async function journalOf(session: Session, asked: string): Promise<string> {
  const format = journalFormats.find((each) => each === asked);
  if (!format)
    return refuse('E601', `no export format "${asked}"`, {
      help: suggestion(asked, journalFormats, `there are html, ${journalFormats.join(', ')}`),
    });
  let text = '';
  for await (const piece of journalPieces(await surveyOf(session), format, session)) text += piece;
  return text;
}

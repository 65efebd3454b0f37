/**
 * The numbers of the source document by line, as the book read them: figures of its tables and claims of its prose, each
 * with its state. The sentences around them are the document's own, and are not had here.
 */
import type { SourceDocument, SourceNumber } from '@tieout/documents';
import { prose, type CheckedFigure } from '@tieout/proof';
import { checked } from './checked';
import { columnHeads } from './figures';
import { whyBroken } from './marks';
import type { Session } from './session';

export async function sourceDocument(session: Session): Promise<SourceDocument> {
  const { book } = session;
  const { check, coverage } = await checked(session);
  const { basis } = coverage();
  const headOf = columnHeads(book);
  const titles = new Map(book.layouts.map(({ id, title }) => [id, title]));
  const numberOf = (held: CheckedFigure): SourceNumber => {
    const { figure, state, replayed, note = whyBroken(held) } = held;
    return {
      figure: figure.id,
      fact: figure.fact,
      statement: figure.statement,
      label: figure.label,
      column: headOf(figure),
      text: figure.text,
      unit: figure.unit,
      published: figure.published,
      replayed: replayed ?? null,
      state,
      basis: basis.get(figure.id) ?? 'self-supporting',
      reading: figure.reading,
      ...(figure.because === undefined ? {} : { because: figure.because }),
      ...(note === undefined ? {} : { note }),
    };
  };
  const numbers = [
    ...check.figures.map((each) => ({ line: each.figure.sourceLine, number: numberOf(each) })),
    ...check.unreached.map(({ id, sourceLine, text, unit, published, why }) => ({
      line: sourceLine,
      number: {
        figure: id,
        fact: null,
        statement: prose,
        label: text,
        column: '',
        text,
        unit,
        published,
        replayed: null,
        state: 'untested' as const,
        basis: 'self-supporting' as const,
        reading: 'printed' as const,
        note: why,
      },
    })),
  ];
  // One line of the document may print rows of one statement only, or a sentence; a lost line may have been given to two.
  const lines = new Map<string, SourceDocument['lines'][number]>();
  for (const { line, number } of numbers) {
    const key = `${line} ${number.statement}`;
    const there = lines.get(key);
    if (there) there.numbers.push(number);
    else {
      const { statement } = number;
      lines.set(key, { line, statement, title: titles.get(statement) ?? 'Prose', numbers: [number] });
    }
  }
  const { source } = book;
  return {
    schema: 'tieout.source/1',
    book: book.id,
    revision: session.revision,
    document: source ? { title: source.title, ...(source.sha256 ? { sha256: source.sha256 } : {}) } : null,
    lines: [...lines.values()].sort((a, b) => a.line - b.line),
  };
}

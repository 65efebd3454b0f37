/**
 * Figures and ties over HTTP: what was printed and what the entries give, and whether the figures tie.
 */
import { Controller, Inject } from '@nestjs/common';
import * as answers from '@tieout/answers';
import * as documents from '@tieout/documents';
import type { Session } from '@tieout/answers';
import * as z from 'zod';
import { Asked, Books, Question, type AskedOf } from '../platform';

const checkQuery = z.object({
  kinds: z
    .string()
    .optional()
    .meta({ description: 'Kinds of ties, joined by commas', example: 'foot,agree' }),
  since: z.string().optional().meta({
    description: 'A log position: only ties of facts that entries from there on moved',
    example: '200',
  }),
  failOn: z
    .string()
    .optional()
    .meta({ description: 'States, joined by commas, of which none may occur', example: 'does-not-tie' }),
  minCoverage: z.string().optional().meta({ description: 'Per cent of the figures that must be tested' }),
  strict: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: 'Explained and repaired figures fail too' }),
});

const tiesQuery = z.object({
  kind: documents.tieKind.optional(),
  state: documents.tieState.optional(),
  statement: z.string().optional(),
  figure: z.string().optional().meta({ description: 'A figure or fact that the tie looks at' }),
  q: z.string().max(200).optional().meta({ description: 'Words in its id, its figures or their labels' }),
  after: z.string().optional().meta({ description: '`next` of the page before' }),
  limit: z.coerce.number().int().min(1).max(2000).optional().meta({ description: '100 where absent' }),
});

const figureHead = ['id', 'unit', 'published', 'replayed', 'state', 'basis', 'text'];
const tieHead = ['tie', 'kind', 'state', 'left', 'right', 'difference', 'unit'];

/** What was asked for, without what was not. */
function given<Query extends object>(
  query: Query,
): { [Name in keyof Query]: Exclude<Query[Name], undefined> };
function given(query: object): object {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}

@Controller('books/:book')
export class FigureQuestions {
  constructor(@Inject(Books) private readonly books: Books) {}

  private figuresOf(session: Session): Promise<documents.FiguresDocument> {
    return this.books.kept(session, 'figures', () => answers.figuresDocument(session));
  }

  @Question('figures', {
    answers: documents.figuresDocument,
    summary: 'Every published figure: printed, replayed, state',
    command: 'figures',
    example: '/books/{book}/figures',
    table: (figures) => [
      figureHead,
      ...figures.map(({ id, unit, published, replayed, state, basis, source }) => [
        id,
        unit,
        published,
        replayed ?? '',
        state,
        basis,
        source.text,
      ]),
    ],
    rows: (figures) => figures,
  })
  figures(@Asked() asked: AskedOf) {
    return this.books.answer(asked, (session) => this.figuresOf(session));
  }

  @Question('figures/:figure', {
    answers: documents.figureDocument,
    summary: 'One published figure, by its id',
    example: '/books/{book}/figures/is.revenue@2022H1',
  })
  figure(@Asked() asked: AskedOf) {
    return this.books.answer(asked, async (session) =>
      answers.figureDocument(asked.params.figure ?? '', await this.figuresOf(session)),
    );
  }

  @Question('figures/:figure/explain', {
    answers: documents.explainDocument,
    summary: 'One figure followed down to its entries and up to its uses',
    description: 'By figure, fact, concept (of the last period that prints it) or label.',
    command: 'explain FIGURE',
    example: '/books/{book}/figures/is.revenue@2022H1/explain',
  })
  explain(@Asked() asked: AskedOf) {
    return this.books.answer(asked, (session) => answers.explainDocument(session, asked.params.figure ?? ''));
  }

  @Question('check', {
    answers: documents.checkDocument,
    summary: 'Do the figures tie? Counts, coverage, findings with their probable causes',
    command: 'check',
    query: checkQuery,
    example: '/books/{book}/check',
  })
  check(@Asked() asked: AskedOf<z.infer<typeof checkQuery>>) {
    const { kinds, strict, ...others } = asked.query;
    const wanted = {
      ...given(others),
      kinds: kinds?.split(',').map((kind) => kind.trim()) ?? [],
      strict: strict === 'true',
    };
    return this.books.answer(asked, (session) => answers.checkDocument(session, wanted));
  }

  @Question('ties', {
    answers: documents.tiesDocument,
    summary: 'The ties that match, in pages',
    command: 'check --csv',
    query: tiesQuery,
    example: '/books/{book}/ties?kind=articulate',
    table: ({ items }) => [
      tieHead,
      ...items.map(({ tie, kind, state, left = '', right = '', difference = '', unit = '' }) => [
        tie,
        kind,
        state,
        left,
        right,
        difference,
        unit,
      ]),
    ],
    rows: ({ items }) => items,
  })
  ties(@Asked() asked: AskedOf<z.infer<typeof tiesQuery>>) {
    return this.books.answer(asked, (session) => answers.tiesDocument(session, given(asked.query)));
  }

  @Question('ties/:tie', {
    answers: documents.tieDocument,
    summary: 'One tie in full: the prints on both sides, and what fits where it does not tie',
    example: '/books/{book}/ties/foot:is.gross-profit@2022H1',
  })
  tie(@Asked() asked: AskedOf) {
    return this.books.answer(asked, (session) => answers.tieDocument(session, asked.params.tie ?? ''));
  }

  @Question('coverage', {
    answers: documents.coverageDocument,
    summary: 'Statement by kind of tie: how many figures, how many ticked, the worst state',
    example: '/books/{book}/coverage',
    table: ({ statements }) => [
      ['statement', 'kind', 'figures', 'ticked', 'ties', 'worst'],
      ...statements.flatMap(({ id, kinds }) =>
        kinds.map(({ kind, figures, ticked, ties, worst }) => [
          id,
          kind,
          String(figures),
          String(ticked),
          String(ties),
          worst,
        ]),
      ),
    ],
  })
  coverage(@Asked() asked: AskedOf) {
    return this.books.answer(asked, (session) => answers.coverageDocument(session));
  }

  @Question('source', {
    answers: documents.sourceDocument,
    summary: 'The numbers of the source document by line, with their states; not its sentences',
    example: '/books/{book}/source',
    rows: ({ lines }) => lines,
  })
  source(@Asked() asked: AskedOf) {
    return this.books.answer(asked, (session) => answers.sourceDocument(session));
  }
}

/**
 * What people decide: periods closed and reopened, breaks explained over four eyes, readings confirmed.
 *
 * Over the network nobody explains a break alone: a preparer proposes, and another person, who is an approver, approves.
 */
import { Controller, Inject } from '@nestjs/common';
import * as answers from '@tieout/answers';
import * as documents from '@tieout/documents';
import * as z from 'zod';
import { Asked, Books, Question, Write, type AskedOf, type WriteOf } from '../platform';

const restatedQuery = z.object({
  since: z
    .string()
    .optional()
    .meta({ description: 'A position of the log, for a period that was never closed' }),
});

type Reason = z.infer<typeof documents.reasonBody>;

@Controller('books/:book')
export class Decisions {
  constructor(@Inject(Books) private readonly books: Books) {}

  @Question('periods', {
    answers: documents.periodsDocument,
    summary: 'The periods of the book, and whether they take entries',
    example: '/books/{book}/periods',
    rows: ({ periods }) => periods,
  })
  periods(@Asked() asked: AskedOf) {
    return this.books.answer(asked, (session) => answers.periodsDocument(session));
  }

  @Question('restated', {
    answers: documents.restatedDocument,
    summary: 'Closed periods as published beside as restated, with the late entries between (IAS 8)',
    description:
      'All periods that were closed; with `period`, one; with `since`, as it was known before a position.',
    command: 'restated',
    query: restatedQuery,
    example: '/books/{book}/restated',
  })
  restated(@Asked() asked: AskedOf<z.infer<typeof restatedQuery>>) {
    const { period, ...axes } = asked.axes;
    const about = { period, since: asked.query.since };
    return this.books.answer({ ...asked, axes }, (session) => answers.restatedDocument(session, about));
  }

  @Write('periods/:period/closing', {
    answers: documents.closingDocument,
    summary: 'Close a period: it takes no more entries',
    command: 'close PERIOD',
    needs: 'approver',
    example: '/books/{book}/periods/2022H1/closing',
  })
  close(@Asked() asked: WriteOf) {
    const { period = '' } = asked.params;
    return this.books.write(asked, (session, options) => answers.closePeriod(session, period, options));
  }

  @Write('periods/:period/reopening', {
    answers: documents.closingDocument,
    summary: 'Reopen a closed period, with a reason',
    command: 'reopen PERIOD --reason TEXT',
    needs: 'approver',
    example: '/books/{book}/periods/2021H2/reopening',
    body: documents.reasonBody,
    bodyExample: { reason: 'An entry of the period came late.' },
  })
  reopen(@Asked() asked: WriteOf<Reason>) {
    const { params, body } = asked;
    return this.books.write(asked, (session, options) =>
      answers.reopenPeriod(session, params.period ?? '', body.reason, options),
    );
  }

  @Question('explanations', {
    answers: documents.explainedDocument,
    summary: 'The breaks that are explained, and the explanations that wait for another person',
    command: 'explained',
    example: '/books/{book}/explanations',
  })
  explanations(@Asked() asked: AskedOf) {
    return this.books.answer(asked, answers.explainedDocument);
  }

  @Write('explanations', {
    answers: documents.decisionDocument,
    summary: 'Propose an explanation of a break',
    needs: 'preparer',
    body: documents.proposalBody,
    bodyExample: {
      subject: 'mda-ebitda.adjusted-ebitda@2022H1',
      cause: 'rounding-plug',
      reason: 'It is the sum of the rounded lines.',
    },
  })
  propose(@Asked() asked: WriteOf<z.infer<typeof documents.proposalBody>>) {
    return this.books.write(asked, (session, options) =>
      answers.proposeExplanation(session, asked.body, options),
    );
  }

  @Write('explanations/:proposal/approval', {
    answers: documents.decisionDocument,
    summary: 'Approve what another person proposed',
    description: 'Refused (E213) for whoever proposed it, whatever roles they have.',
    needs: 'approver',
  })
  approve(@Asked() asked: WriteOf) {
    const { proposal = '' } = asked.params;
    return this.books.write(asked, (session, options) =>
      answers.approveExplanation(session, proposal, options),
    );
  }

  @Write('repairs/:figure/confirmation', {
    answers: documents.decisionDocument,
    summary: 'Accept a repaired reading that is determined, but not over-determined',
    command: 'confirm FIGURE --reason TEXT',
    needs: 'approver',
    body: documents.reasonBody,
  })
  confirm(@Asked() asked: WriteOf<Reason>) {
    const { params, body } = asked;
    return this.books.write(asked, (session, options) =>
      answers.confirmRepair(session, params.figure ?? '', body.reason, options),
    );
  }
}

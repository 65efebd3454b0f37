/**
 * What-if over HTTP: stateless previews over the replay. Nothing here writes: no scenario is kept by the server.
 */
import { Controller, Inject } from '@nestjs/common';
import * as answers from '@tieout/answers';
import type { Session } from '@tieout/answers';
import * as documents from '@tieout/documents';
import { seek, stack, tornado, twoWay, type Simulation, type Solve, type WhatIf } from '@tieout/what-if';
import type * as z from 'zod';
import { Asked, Books, Preview, Question, type AskedOf } from '../platform';

/** A question without a query, whose body is of this schema. */
type Sent<Body extends z.ZodType> = AskedOf<object, z.infer<Body>>;

/** HiGHS, loaded when the first range is asked for. */
let solver: Promise<Solve> | undefined;
async function loadSolver(): Promise<Solve> {
  const { default: loadHighs } = await import('highs');
  const highs = await loadHighs();
  return (program) => highs.solve(program, { output_flag: false });
}

@Controller('books/:book')
export class WhatIfQuestions {
  constructor(@Inject(Books) private readonly books: Books) {}

  /** The base and the stacked scenarios. */
  private async simulated(
    session: Session,
    { scenarios, yaml, set }: documents.WhatIfBody,
  ): Promise<{ asked: WhatIf; simulation: Simulation }> {
    const asked = await answers.askedOf(session);
    const named = scenarios.map((id) => answers.scenarioOfBook(session, id));
    const all = answers.scenariosAsked(session, { scenarios: named, yaml, set });
    return { asked, simulation: stack(asked, all) };
  }

  @Question('scenarios', {
    answers: documents.scenariosDocument,
    summary: 'The scenarios of the book',
    command: 'whatif list',
    example: '/books/{book}/scenarios',
  })
  scenarios(@Asked() asked: AskedOf) {
    return this.books.answer(asked, (session) => answers.scenariosDocument(session));
  }

  @Question('drivers', {
    answers: documents.driversDocument,
    summary: 'What can be moved, and where it stands',
    command: 'whatif drivers',
    example: '/books/{book}/drivers',
  })
  drivers(@Asked() asked: AskedOf) {
    return this.books.answer(asked, async (session) =>
      answers.driversDocument(await answers.askedOf(session)),
    );
  }

  @Preview('what-if', {
    answers: documents.whatIfDocument,
    summary: 'What the statements would be: entries, changes, invariants and published ties apart',
    command: 'whatif --set impairment=+20%',
    body: documents.whatIfBody,
  })
  whatIf(@Asked() asked: Sent<typeof documents.whatIfBody>) {
    return this.books.answer(asked, async (session) =>
      answers.whatIfDocument(session, (await this.simulated(session, asked.body)).simulation),
    );
  }

  @Preview('what-if/bridge', {
    answers: documents.whatIfBridgeDocument,
    summary: 'What each adjustment does to one figure',
    command: 'whatif --set impairment=+20% --bridge is.loss@2022H1',
    body: documents.whatIfBridgeBody,
  })
  bridge(@Asked() asked: Sent<typeof documents.whatIfBridgeBody>) {
    return this.books.answer(asked, async (session) =>
      answers.whatIfBridgeDocument((await this.simulated(session, asked.body)).simulation, asked.body.figure),
    );
  }

  @Preview('what-if/saved', {
    answers: documents.whatIfSavedDocument,
    summary: 'The scenario as the text of a file, tried before it is given',
    command: 'whatif --set impairment=+20% -o mine.yaml',
    body: documents.whatIfSavedBody,
  })
  saved(@Asked() asked: Sent<typeof documents.whatIfSavedBody>) {
    return this.books.answer(asked, async (session) => {
      const { asked: base, simulation } = await this.simulated(session, asked.body);
      const yaml = answers.savedScenario(session, base, simulation, asked.body.id);
      return { schema: 'tieout.whatif-saved/1' as const, yaml };
    });
  }

  @Preview('what-if/seek', {
    answers: documents.whatIfSeekDocument,
    summary: 'The level of a driver at which a figure is what one asks',
    command: 'whatif --seek is.loss@2022H1=-3000000 --by impairment',
    body: documents.whatIfSeekBody,
  })
  seek(@Asked() asked: Sent<typeof documents.whatIfSeekBody>) {
    const { set, ...goal } = asked.body;
    return this.books.answer(asked, async (session) => {
      const base = await answers.askedOf(session);
      const { rules } = answers.scenarioFromFlags(set);
      const asks = [answers.flag('--seek', `${goal.figure}=${goal.value}`), answers.flag('--by', goal.by)];
      const sought = answers.atFlags(asks, () => seek(base, { ...goal, ...(rules ? { rules } : {}) }));
      return answers.whatIfSeekDocument(session, base, goal, sought);
    });
  }

  @Preview('what-if/tornado', {
    answers: documents.whatIfTornadoDocument,
    summary: 'What each driver alone does to a figure',
    command: 'whatif --tornado is.loss@2022H1',
    body: documents.whatIfTornadoBody,
  })
  tornado(@Asked() asked: Sent<typeof documents.whatIfTornadoBody>) {
    const { figure, percent, set } = asked.body;
    return this.books.answer(asked, async (session) => {
      const base = await answers.askedOf(session);
      const { rules } = answers.scenarioFromFlags(set);
      const asks = [answers.flag('--tornado', figure)];
      return answers.whatIfTornadoDocument(
        answers.atFlags(asks, () => tornado(base, figure, percent, rules)),
      );
    });
  }

  @Preview('what-if/table', {
    answers: documents.whatIfTableDocument,
    summary: 'A figure over the levels of two drivers',
    command: 'whatif --table is.loss@2022H1 --over impairment=-10%,+10% --over rmb-hkd=0,1,2',
    body: documents.whatIfTableBody,
  })
  table(@Asked() asked: Sent<typeof documents.whatIfTableBody>) {
    const { figure, rows, columns, set } = asked.body;
    return this.books.answer(asked, async (session) => {
      const base = await answers.askedOf(session);
      const { rules } = answers.scenarioFromFlags(set);
      const over = { rows: atOver(rows), columns: atOver(columns), ...(rules ? { rules } : {}) };
      const cells = answers.atFlags([answers.flag('--table', figure)], () => twoWay(base, figure, over));
      return answers.whatIfTableDocument(base, figure, { rows, columns }, cells);
    });
  }

  @Preview('what-if/range', {
    answers: documents.whatIfRangeDocument,
    summary: 'How far a figure could be another one if what nobody disclosed were',
    command: 'whatif --resting note14-security.deposit-loan@2022-06-30',
    body: documents.whatIfRangeBody,
  })
  range(@Asked() asked: Sent<typeof documents.whatIfRangeBody>) {
    const { figure } = asked.body;
    return this.books.answer(asked, async (session) => {
      const solve = await (solver ??= loadSolver());
      const found = answers.rangeAsked(session, await answers.askedOf(session), figure, solve);
      return answers.whatIfRangeDocument(session, figure, found);
    });
  }
}

const atOver = (axis: { readonly driver: string; readonly levels: readonly string[] }) => ({
  ...axis,
  at: answers.flag('--over', `${axis.driver}=${axis.levels.join(',')}`),
});

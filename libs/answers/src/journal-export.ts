/**
 * The entries as a plain-text journal that another engine recomputes (hledger, ledger, beancount), with every balance
 * asserted that ours stands at. What the log holds is exported, what was posted included.
 */
import {
  beancountWriter,
  hledgerWriter,
  journalLines,
  ledgerWriter,
  surveyor,
  type Survey,
} from '@tieout/interchange';
import { Journal } from '@tieout/projections';
import type { Session } from './session';

const writers = { hledger: hledgerWriter, ledger: ledgerWriter, beancount: beancountWriter } as const;
export type JournalFormat = keyof typeof writers;
export const journalFormats = Object.keys(writers) as readonly JournalFormat[];

/** Looks at every entry once: what stands before and between them in the file. */
export async function surveyOf({ book, projections, basis }: Session): Promise<Survey> {
  const { entity, title, chart, concepts, figures, amountUnit } = book;
  const surveying = surveyor({ entity, title, chart, amounts: amountUnit.text, basis, concepts, figures });
  for await (const lines of projections.get(Journal).entries())
    for (const { entry } of lines) surveying.add(entry);
  return surveying.done();
}

/** The file in pieces, entries in order of date: no more than some of them are held. */
export async function* journalPieces(
  survey: Survey,
  format: JournalFormat,
  session: Session,
): AsyncGenerator<string> {
  const writer = writers[format](survey);
  const lines = journalLines(survey, writer);
  const pieces = withoutEmptyEnd();
  yield pieces(writer.head);
  for await (const some of session.projections.get(Journal).byDate())
    yield pieces(lines(some.map(({ entry }) => entry)));
  yield pieces(lines());
}

/** Joins lines to text, batch by batch; empty ones at the very end are left out. */
function withoutEmptyEnd(): (lines: Iterable<string>) => string {
  let empty = '';
  return (lines) => {
    let piece = '';
    for (const line of lines) {
      if (line === '') {
        empty += '\n';
        continue;
      }
      piece += `${empty}${line}\n`;
      empty = '';
    }
    return piece;
  };
}

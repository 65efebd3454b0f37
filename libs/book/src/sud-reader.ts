/**
 * Files of uncorrected misstatements, for the summary of unadjusted differences.
 *
 *     schema: tieout.sud/1
 *     differences:
 *       - id: SUD-1
 *         kind: judgemental
 *         description: Allowance on receivables of 1 to 2 years too low
 *         correction: { id: SUD-1, event: ImpairmentRecognised, date: 2022-06-30, description: ..., postings: [...] }
 */
import { LedgerError, type Problem } from '@tieout/events';
import { differenceKinds, type Difference } from '@tieout/what-if';
import { once } from './ids';
import { readEntryIn, type JournalContext } from './journal-reader';
import { sourceOf } from './source';
import { fieldsOf, parseYaml, problem, rootOf } from './yaml-fields';

/** The differences of a text. Throws LedgerError with all problems. */
export function readDifferences(text: string, file: string, context: JournalContext): readonly Difference[] {
  const problems: Problem[] = [];
  const yaml = parseYaml(sourceOf(file, text, problems));
  const head = yaml && fieldsOf(rootOf(yaml), { what: 'differences', keys: ['schema', 'differences'] });
  head?.word('schema', ['tieout.sud/1']);
  const seen = new Set<string>();
  const differences = (head?.list('differences') ?? []).flatMap((where): Difference[] => {
    const fields = fieldsOf(where, {
      what: 'difference',
      keys: ['id', 'kind', 'description', 'priorYear', 'correction'],
    });
    if (!fields) return [];
    const id = fields.text('id');
    once(seen, id, () => problem(fields.at('id'), 'E108', `difference ${id} stands twice`));
    const correction = readEntryIn(fields.at('correction'), context);
    const kind = fields.word('kind', differenceKinds);
    return correction && kind
      ? [
          {
            id,
            kind,
            description: fields.text('description'),
            priorYear: fields.flag('priorYear'),
            correction,
          },
        ]
      : [];
  });
  if (problems.length > 0) throw new LedgerError(problems);
  return differences;
}

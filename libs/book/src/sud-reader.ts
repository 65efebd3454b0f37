/**
 * Files of uncorrected misstatements, for the summary of unadjusted differences.
 *
 *     schema: tieout.sud/1
 *     differences:
 *       - id: SUD-1
 *         kind: judgemental
 *         description: Allowance on receivables of 1 to 2 years too low
 *         correction: { id: SUD-1, event: ImpairmentRecognised, date: 2022-06-30, description: ..., postings: [...] }
 *
 * What arose in a prior year is corrected there: its correction is dated then, and `turnaround`, if it has turned around in the
 * present period, is the entry that takes that back.
 */
import { LedgerError, type Problem } from '@tieout/events';
import type { Chart } from '@tieout/ledger';
import { differenceKinds, isOfPriorYear, type Difference } from '@tieout/what-if';
import { once } from './ids';
import { readEntryIn, type JournalContext } from './journal-reader';
import { sourceOf } from './source';
import { fieldsOf, parseYaml, problem, rootOf, type Fields } from './yaml-fields';

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
      keys: ['id', 'kind', 'description', 'priorYear', 'correction', 'turnaround'],
    });
    if (!fields) return [];
    const id = fields.text('id');
    once(seen, id, () => problem(fields.at('id'), 'E108', `difference ${id} stands twice`));
    const correction = readEntryIn(fields.at('correction'), context);
    const kind = fields.word('kind', differenceKinds);
    const turnaround = fields.has('turnaround') ? readEntryIn(fields.at('turnaround'), context) : undefined;
    if (!correction || !kind) return [];
    const difference: Difference = {
      id,
      kind,
      description: fields.text('description'),
      correction,
      ...(turnaround ? { turnaround } : {}),
    };
    checkYears(difference, fields, context.chart);
    return [difference];
  });
  if (problems.length > 0) throw new LedgerError(problems);
  return differences;
}

/** Dates say whose year a difference is of; what is said besides must agree with them. */
function checkYears(difference: Difference, fields: Fields, chart: Chart): void {
  const { id, correction, turnaround } = difference;
  const prior = isOfPriorYear(difference, chart);
  if (fields.flag('priorYear') && !prior)
    problem(
      fields.at('priorYear'),
      'E107',
      `difference ${id} is of a prior year, but its correction is dated ${correction.date}`,
      { help: 'date the correction when the difference arose; what it did since is its turnaround' },
    );
  if (
    turnaround &&
    (!prior || turnaround.date <= correction.date || isOfPriorYear({ correction: turnaround }, chart))
  )
    problem(
      fields.at('turnaround'),
      'E107',
      `difference ${id} arose on ${correction.date} and cannot turn around on ${turnaround.date}`,
      { help: 'what arose in a prior year turns around in the present period' },
    );
}

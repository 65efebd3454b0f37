/**
 * facts.yaml and confirmations.yaml: facts that are no money, and repaired readings that a person has accepted.
 *
 *     - { fact: shares.weighted-average, value: "26,600,000", unit: shares, of: 2022H1, source: [310] }
 *     - { figure: is.revenue@2022H1, reason: "Only one value fits the sum of the row" }
 */
import { isCalendarDay, type Chart } from '@tieout/ledger';
import { isDecimal, parseUnit } from '@tieout/money';
import type { PublishedFigure } from '@tieout/statements';
import type { Confirmation, RecordedFact } from './book';
import { idOf, once, timeOf } from './ids';
import { unitHelp } from './layout-reader';
import { lineAt, suggestion } from './source';
import { elements, fieldsOf, problem, rootOf, type YamlFile } from './yaml-fields';

export function readFacts(yaml: YamlFile, chart: Chart): readonly RecordedFact[] {
  const seen = new Set<string>();
  if (rootOf(yaml).node === null) return [];
  return elements(rootOf(yaml)).flatMap((where): RecordedFact[] => {
    const fields = fieldsOf(where, {
      what: 'fact',
      keys: ['fact', 'value', 'unit', 'of', 'amount', 'allocation', 'reasoning', 'source'],
    });
    if (!fields) return [];
    const fact = idOf(fields, 'fact', 'fact');
    const of = fields.text('of');
    once(seen, `${fact}@${of}`, () =>
      problem(fields.at('fact'), 'E108', `fact ${fact} of ${of} is recorded twice`),
    );
    const written = fields.text('value');
    const value = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(written) ? written.replaceAll(',', '') : written;
    if (written !== '' && !fields.cut('value') && !isDecimal(value))
      problem(fields.at('value'), 'E105', `cannot read ${written} as a number`);
    const unit = fields.text('unit');
    if (unit !== '' && !parseUnit(unit))
      problem(fields.at('unit'), 'E107', `"${unit}" is no unit`, { help: unitHelp });
    if (of !== '' && periodOfFact({ of }, chart) === undefined) {
      const help = suggestion(
        of,
        chart.periods.map(({ id }) => id),
      );
      problem(
        fields.at('of'),
        'E205',
        `fact ${fact} is of ${of}, which is no period of the book and no day in one`,
        { help },
      );
    }
    return [
      {
        fact,
        value,
        unit,
        of,
        provenance: {
          amount: fields.maybeWord('amount', ['disclosed', 'derived', 'assumed']) ?? 'disclosed',
          allocation: fields.maybeWord('allocation', ['given', 'conditional', 'assumed']) ?? 'given',
          reasoning: fields.maybeText('reasoning') ?? '',
          source: (fields.maybeTexts('source') ?? []).flatMap(({ text, at }) => {
            if (/^[1-9]\d{0,8}$/.test(text)) return [Number(text)];
            problem(at, 'E107', `fact: "source" holds line numbers of the source document, not ${text}`);
            return [];
          }),
        },
        at: { file: yaml.source.file, line: lineAt(yaml.source, where.span.start), column: 1 },
      },
    ];
  });
}

/** The period that a fact is recorded in: its own, or the one that holds its day; the first for a day before that. */
export function periodOfFact({ of }: Pick<RecordedFact, 'of'>, chart: Chart): string | undefined {
  const own = chart.periods.find(({ id }) => id === of);
  if (own) return own.id;
  if (!/^\d{4}-\d\d-\d\d$/.test(of) || !isCalendarDay(of)) return undefined;
  return chart.periods.find(({ to }) => of <= to)?.id;
}

export function readConfirmations(
  yaml: YamlFile,
  figures: readonly PublishedFigure[],
): readonly Confirmation[] {
  const seen = new Set<string>();
  const byId = new Map(figures.map((each) => [each.id, each]));
  if (rootOf(yaml).node === null) return [];
  return elements(rootOf(yaml)).flatMap((where): Confirmation[] => {
    const fields = fieldsOf(where, { what: 'confirmation', keys: ['figure', 'reason', 'actor', 'at'] });
    if (!fields) return [];
    const figure = fields.text('figure');
    const published = byId.get(figure);
    once(seen, figure, () => problem(fields.at('figure'), 'E108', `figure ${figure} is confirmed twice`));
    if (figure !== '' && !published) {
      problem(fields.at('figure'), 'E301', `no published figure "${figure}" to confirm`, {
        help: suggestion(figure, byId.keys()),
      });
    } else if (published && published.reading !== 'repaired') {
      problem(
        fields.at('figure'),
        'E107',
        `figure ${figure} is ${published.reading}: only a repaired reading is confirmed`,
      );
    }
    const recordedAt = timeOf(fields, 'at');
    const actor = fields.maybeText('actor');
    return [
      {
        figure,
        reason: fields.text('reason'),
        ...(actor === undefined ? {} : { actor }),
        ...(recordedAt === undefined ? {} : { recordedAt }),
      },
    ];
  });
}

/**
 * What a book declares beside its tables: ties.yaml, claims.csv and explanations.yaml.
 *
 *     - { id: ppe-disposal, kind: articulate, left: cf.proceeds@2022H1, right: "-note10.disposals@2022H1 + note6.loss@2022H1", why: … }
 *     id,source_line,text,occurrence,unit,published,fact,why
 *     prose.168.2,168,"RMB1,415.3 million",1,RMB million,1415.3,is.revenue@2022H1,
 *     - { subject: mda.ebitda@2021H1, cause: rounding-plug, reason: "The printed parts add up to it" }
 *
 * Invariant: every fact that is named is one that the book can evaluate, and whatever is explained is there.
 */
import { dayBefore, isCalendarDay, type Chart } from '@tieout/ledger';
import { isDecimal, parseUnit } from '@tieout/money';
import {
  factsIn,
  parseExpression,
  tieKinds,
  type Claim,
  type DeclaredTie,
  type Explanation,
} from '@tieout/proof';
import { isDay, isStock, parseFactId, type Concept, type PublishedFigure } from '@tieout/statements';
import { readTable, type CsvRow } from './csv-table';
import { idOf, once, timeOf } from './ids';
import { unitHelp } from './layout-reader';
import { report, suggestion, type Source } from './source';
import { elements, fieldsOf, problem, rootOf, type Fields, type YamlFile } from './yaml-fields';

interface DeclaredContext {
  readonly chart: Chart;
  readonly concepts: ReadonlyMap<string, Concept>;
}

/** What is wrong with the id of a fact; undefined when the book can say its value. */
function faultOf(
  fact: string,
  { chart, concepts }: DeclaredContext,
): { readonly message: string; readonly help: string | undefined } | undefined {
  const id = parseFactId(fact);
  if (!id) return { message: `"${fact}" is no fact`, help: 'write CONCEPT@TIME, like is.revenue@2022H1' };
  const concept = concepts.get(id.concept);
  if (!concept) {
    return {
      message: `no statement defines the figure "${id.concept}"`,
      help: suggestion(id.concept, concepts.keys()),
    };
  }
  const [first, last] = [chart.periods[0], chart.periods.at(-1)];
  if (isStock(concept.formula)) {
    const within =
      isDay(id.time) &&
      isCalendarDay(id.time) &&
      first &&
      last &&
      id.time >= dayBefore(first.from) &&
      id.time <= last.to;
    if (within) return undefined;
    const at = last === undefined ? '' : `, like ${id.concept}@${last.to}`;
    return {
      message: `${id.concept} is a stock, and ${id.time} is no day of the book`,
      help: `give it a day${at}`,
    };
  }
  const periods = chart.periods.map((period) => period.id);
  if (periods.includes(id.time)) return undefined;
  return {
    message: `${id.concept} is of a period, and the book has no period ${id.time}`,
    help: suggestion(id.time, periods) ?? `its periods are ${periods.join(', ')}`,
  };
}

const declaredKinds = ['articulate', 'recompute', 'agree', 'roll-forward', 'foot'] as const;
const roundings = ['nearest', 'truncated'] as const;

/** A tie names facts, or one print of a fact by the id of its figure. */
export function readTies(
  yaml: YamlFile,
  { figures, ...context }: DeclaredContext & { readonly figures: readonly PublishedFigure[] },
): readonly DeclaredTie[] {
  const prints = new Set(figures.map(({ id }) => id));
  const seen = new Set<string>();
  if (rootOf(yaml).node === null) return [];
  return elements(rootOf(yaml)).flatMap((where): DeclaredTie[] => {
    const fields = fieldsOf(where, {
      what: 'tie',
      keys: ['id', 'kind', 'left', 'right', 'unit', 'mode', 'why'],
    });
    if (!fields) return [];
    const id = idOf(fields, 'tie');
    once(seen, id, () => problem(fields.at('id'), 'E108', `tie ${id} is declared twice`));
    const unit = fields.maybeText('unit');
    if (unit !== undefined && !parseUnit(unit))
      problem(fields.at('unit'), 'E107', `"${unit}" is no unit`, { help: unitHelp });
    const mode = fields.maybeWord('mode', roundings);
    return [
      {
        id,
        kind: fields.word('kind', declaredKinds) ?? 'articulate',
        left: sideIn(fields, 'left', { ...context, prints }),
        right: sideIn(fields, 'right', { ...context, prints }),
        ...(unit === undefined ? {} : { unit }),
        ...(mode === undefined ? {} : { mode }),
        why: fields.text('why'),
      },
    ];
  });
}

/** A side of a tie: readable, and over facts and prints that are there. */
function sideIn(
  fields: Fields,
  key: 'left' | 'right',
  { prints, ...context }: DeclaredContext & { readonly prints: ReadonlySet<string> },
): string {
  const text = fields.text(key);
  if (text === '') return text;
  const parsed = parseExpression(text);
  if ('why' in parsed) problem(fields.at(key), 'E107', `tie: cannot read "${text}": ${parsed.why}`);
  else if (factsIn(text).length === 0) problem(fields.at(key), 'E107', `tie: "${key}" names no fact`);
  for (const fact of factsIn(text)) {
    const fault = prints.has(fact) ? undefined : faultOf(fact, context);
    if (fault) problem(fields.at(key), 'E301', fault.message, { help: fault.help });
  }
  return text;
}

const claimColumns = ['id', 'source_line', 'text', 'occurrence', 'unit', 'published', 'fact', 'why'];

/** `figures`: the ids taken by published figures. */
export function readClaims(
  source: Source,
  { figures, ...context }: DeclaredContext & { readonly figures: readonly PublishedFigure[] },
): readonly Claim[] {
  const ids = new Set(figures.map(({ id }) => id));
  const places = new Set<string>();
  const rows = readTable(source, { needed: claimColumns, optional: ['mode'] }) ?? [];
  return rows.flatMap((row) => (row.whole ? [readClaim(row, source, { ...context, ids, places })] : []));
}

function readClaim(
  row: CsvRow,
  source: Source,
  { ids, places, ...context }: DeclaredContext & { readonly ids: Set<string>; readonly places: Set<string> },
): Claim {
  const refuse = (column: string, code: 'E107' | 'E301' | 'E305', message: string, help?: string): void =>
    report(source, row.at(column), code, message, { help });
  const [id, text, fact, why, unit, published] = [
    ...['id', 'text', 'fact', 'why', 'unit', 'published'].map((column) => row.cell(column)),
  ] as [string, string, string, string, string, string];
  for (const column of ['id', 'text', 'unit'])
    if (row.cell(column) === '') refuse(column, 'E107', `claim: "${column}" is missing`);
  once(ids, id, () => report(source, row.at('id'), 'E108', `figure ${id} is declared twice`));
  const whole = (column: string): number => {
    if (/^[1-9]\d{0,8}$/.test(row.cell(column))) return Number(row.cell(column));
    refuse(column, 'E107', `claim: "${column}" must be a number from 1, not "${row.cell(column)}"`);
    return 1;
  };
  const [sourceLine, occurrence] = [whole('source_line'), whole('occurrence')];
  once(places, `${sourceLine} ${occurrence} ${text}`, () =>
    report(source, row.at('text'), 'E108', `line ${sourceLine} claims "${text}" (${occurrence}) twice`),
  );
  if (!isDecimal(published))
    refuse(
      'published',
      'E305',
      `cannot read ${published === '' ? 'an empty cell' : published} as a claimed value`,
    );
  const fault = fact === '' ? undefined : faultOf(fact, context);
  if (fault) refuse('fact', 'E301', fault.message, fault.help);
  // Beyond the document's own figures a claim may count anything: exaFLOPS, days.
  if (fact !== '' && unit !== '' && !parseUnit(unit))
    refuse('unit', 'E107', `"${unit}" is no unit`, unitHelp);
  if (fact === '' && why === '')
    refuse('why', 'E107', `claim ${id} reaches no fact, and "why" does not say why nothing does`);
  const mode = roundings.find((each) => each === row.cell('mode'));
  if (row.cell('mode') !== '' && mode === undefined)
    refuse(
      'mode',
      'E107',
      `claim: "mode" cannot be ${row.cell('mode')}`,
      `it is one of ${roundings.join(', ')}`,
    );
  return {
    ...{ id, sourceLine, text, occurrence, unit, published },
    ...(fact === '' ? {} : { fact }),
    why,
    ...(mode === undefined ? {} : { mode }),
  };
}

interface Explainable {
  readonly figures: readonly PublishedFigure[];
  readonly claims: readonly Claim[];
  readonly ties: readonly DeclaredTie[];
  /** Of explanations that do not say it themselves. */
  readonly by: { readonly actor: string; readonly recordedAt: string };
}

export function readExplanations(
  yaml: YamlFile,
  { figures, claims, ties, by }: Explainable,
): readonly Explanation[] {
  const known = new Set([...figures, ...claims, ...ties].map(({ id }) => id));
  const seen = new Set<string>();
  if (rootOf(yaml).node === null) return [];
  return elements(rootOf(yaml)).flatMap((where): Explanation[] => {
    const fields = fieldsOf(where, {
      what: 'explanation',
      keys: ['subject', 'cause', 'reason', 'difference', 'actor', 'at'],
    });
    if (!fields) return [];
    const subject = fields.text('subject');
    once(seen, subject, () => problem(fields.at('subject'), 'E108', `${subject} is explained twice`));
    if (subject !== '' && !known.has(subject) && !known.has(aboutOf(subject))) {
      const help = suggestion(subject, known);
      problem(fields.at('subject'), 'E301', `no figure, claim or tie "${subject}" to explain`, { help });
    }
    const difference = fields.maybeText('difference');
    if (difference !== undefined && !isDecimal(difference))
      problem(fields.at('difference'), 'E105', `the difference "${difference}" is no decimal number`);
    return [
      {
        subject,
        cause: fields.text('cause'),
        reason: fields.text('reason'),
        ...(difference === undefined ? {} : { difference }),
        actor: fields.maybeText('actor') ?? by.actor,
        recordedAt: timeOf(fields, 'at') ?? by.recordedAt,
      },
    ];
  });
}

/** The figure that a generated tie is about: `agree:mda.is.revenue@2022H1`, `foot:bs.assets@2022-06-30#2`. */
function aboutOf(tie: string): string {
  const kind = tieKinds.find((each) => tie.startsWith(`${each}:`));
  return kind === undefined ? tie : tie.slice(kind.length + 1).replace(/#\d+$/, '');
}

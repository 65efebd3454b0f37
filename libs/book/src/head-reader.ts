/**
 * book.yaml: who the book is about, its periods and dimensions, and the files that it is made of.
 *
 * Invariant: periods follow each other without gaps, so that the opening of one is the closing of the one before.
 */
import { dayBefore, type Dimension, type Period } from '@tieout/ledger';
import { amountUnit, type AmountUnit } from './amounts';
import { dayOf, idOf, once } from './ids';
import {
  fieldsOf,
  pairs,
  problem,
  rootOf,
  scalarText,
  type At,
  type Fields,
  type YamlFile,
} from './yaml-fields';

/** A period as book.yaml declares it. */
export interface DeclaredPeriod extends Period {
  readonly journal: { readonly file: string; readonly at: At } | undefined;
  readonly close: boolean;
}

/** book.yaml: the head of the book and the files that it names. */
export interface BookHead {
  readonly id: string;
  readonly entity: string;
  readonly title: string;
  readonly currency: string;
  readonly minorDigits: number;
  readonly amountUnit: AmountUnit;
  readonly recordedAt: string;
  readonly actor: string;
  readonly source?: { readonly title: string; readonly sha256?: string };
  readonly periods: readonly DeclaredPeriod[];
  readonly dimensions: ReadonlyMap<string, Dimension>;
  /** In the order named. */
  readonly statements: readonly NamedFile[];
  readonly figures: readonly NamedFile[];
  readonly facts: NamedFile | undefined;
  readonly confirmations: NamedFile | undefined;
  readonly explanations: NamedFile | undefined;
  readonly claims: NamedFile | undefined;
  readonly ties: NamedFile | undefined;
  /** Account families of `disclosedBalances`, to be held against the accounts. */
  readonly disclosedFamilies: readonly { readonly text: string; readonly at: At }[];
}

/** A file that book.yaml names, and where it does. */
export interface NamedFile {
  readonly file: string;
  readonly at: At;
}

const schema = 'tieout.book/1';
const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

const filesOf = (fields: Fields, key: string): NamedFile[] =>
  (fields.maybeTexts(key) ?? []).map(({ text, at }) => ({ file: text.replace(/^\.\//, ''), at }));

const fileOf = (fields: Fields, key: string): NamedFile | undefined => filesOf(fields, key)[0];

export function readHead(yaml: YamlFile): BookHead | undefined {
  const fields = fieldsOf(rootOf(yaml), {
    what: 'book',
    keys: [
      ...[
        'schema',
        'id',
        'entity',
        'title',
        'currency',
        'minorDigits',
        'amounts',
        'recordedAt',
        'actor',
        'source',
      ],
      ...['periods', 'dimensions', 'statements', 'figures', 'claims', 'ties', 'facts'],
      ...['confirmations', 'explanations'],
    ],
  });
  if (!fields) return undefined;
  fields.word('schema', [schema]);
  const currency = fields.text('currency');
  if (currency !== '' && !/^[A-Z]{3}$/.test(currency))
    problem(fields.at('currency'), 'E107', `currency "${currency}" is not three capital letters`);
  const minorDigits = fields.maybeCount('minorDigits') ?? 2;
  if (minorDigits > 6) problem(fields.at('minorDigits'), 'E107', 'minorDigits is at most 6');
  const amounts = fields.text('amounts');
  const unit = amountUnit(amounts, { currency, minorDigits });
  if (amounts !== '' && !unit) {
    problem(
      fields.at('amounts'),
      'E107',
      `amounts "${amounts}" is not ${currency}, ${currency}'000 or ${currency} million`,
    );
  }
  const recordedAt = fields.text('recordedAt');
  if (recordedAt !== '' && (!timestamp.test(recordedAt) || Number.isNaN(Date.parse(recordedAt)))) {
    problem(
      fields.at('recordedAt'),
      'E107',
      `recordedAt "${recordedAt}" is not a time like 2022-08-25T00:00:00.000Z`,
    );
  }
  const sourceFields = fields.has('source')
    ? fieldsOf(fields.at('source'), { what: 'source', keys: ['title', 'sha256'] })
    : undefined;
  const hash = sourceFields?.maybeText('sha256');
  if (sourceFields && hash !== undefined && !/^[0-9a-f]{64}$/.test(hash)) {
    problem(sourceFields.at('sha256'), 'E107', 'source: "sha256" is 64 hexadecimal digits in lower case');
  }
  const disclosedFamilies: { text: string; at: At }[] = [];
  return {
    id: idOf(fields, 'book'),
    entity: fields.text('entity'),
    title: fields.text('title'),
    currency,
    minorDigits,
    amountUnit: unit ?? { text: amounts, scale: minorDigits },
    recordedAt,
    actor: fields.text('actor'),
    ...(sourceFields
      ? { source: { title: sourceFields.text('title'), ...(hash === undefined ? {} : { sha256: hash }) } }
      : {}),
    periods: readPeriods(fields.list('periods'), disclosedFamilies),
    dimensions: fields.has('dimensions') ? readDimensions(fields.at('dimensions')) : new Map(),
    statements: filesOf(fields, 'statements'),
    figures: filesOf(fields, 'figures'),
    facts: fileOf(fields, 'facts'),
    confirmations: fileOf(fields, 'confirmations'),
    explanations: fileOf(fields, 'explanations'),
    claims: fileOf(fields, 'claims'),
    ties: fileOf(fields, 'ties'),
    disclosedFamilies,
  };
}

function readPeriods(items: readonly At[], families: { text: string; at: At }[]): readonly DeclaredPeriod[] {
  const seen = new Set<string>();
  const periods: DeclaredPeriod[] = [];
  for (const item of items) {
    const fields = fieldsOf(item, {
      what: 'period',
      keys: [
        'id',
        'from',
        'to',
        'label',
        'column',
        'audit',
        'disclosedBalances',
        'bridge',
        'journal',
        'close',
      ],
    });
    if (!fields) continue;
    const id = idOf(fields, 'period');
    once(seen, id, () => problem(fields.at('id'), 'E108', `period ${id} is declared twice`));
    const [from, to] = [dayOf(fields, 'from'), dayOf(fields, 'to')];
    if (from !== '' && to !== '' && from > to)
      problem(fields.at('to'), 'E107', `period ${id} ends before it starts`);
    const before = periods.at(-1);
    if (before && before.to !== '' && from !== '' && dayBefore(from) !== before.to) {
      problem(
        fields.at('from'),
        'E107',
        `period ${id} starts on ${from}, but ${before.id} ends on ${before.to}`,
        {
          help: 'periods follow each other without gaps',
        },
      );
    }
    const disclosed = fields.maybeTexts('disclosedBalances');
    families.push(...(disclosed ?? []));
    periods.push({
      id,
      from,
      to,
      label: fields.text('label'),
      column: fields.maybeText('column') ?? id,
      audit: fields.maybeText('audit') ?? '',
      ...(disclosed === undefined ? {} : { disclosedBalances: disclosed.map(({ text }) => text) }),
      ...(fields.flag('bridge') ? { bridge: true } : {}),
      journal: fileOf(fields, 'journal'),
      close: fields.flag('close'),
    });
  }
  return periods;
}

function readDimensions(where: At): ReadonlyMap<string, Dimension> {
  const dimensions = new Map<string, Dimension>();
  for (const { key: id, keyAt, value } of pairs(where)) {
    if (dimensions.has(id)) problem(keyAt, 'E108', `dimension ${id} is declared twice`);
    const fields = fieldsOf(value, { what: 'dimension', keys: ['name', 'members', 'ends'] });
    const members: Record<string, string> = {};
    for (const member of fields ? pairs(fields.at('members')) : []) {
      if (Object.hasOwn(members, member.key))
        problem(member.keyAt, 'E108', `member ${member.key} of ${id} is declared twice`);
      members[member.key] = scalarText(member.value) ?? member.key;
    }
    const ends = fields?.has('ends') ? { ends: endsOf(fields.at('ends'), members) } : {};
    dimensions.set(id, { id, name: fields?.maybeText('name') ?? id, members, ...ends });
  }
  return dimensions;
}

/** Of a dimension in time: the last day of every member. One without would be of no age, and its amounts in no bucket. */
function endsOf(where: At, members: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const fields = fieldsOf(where, { what: 'ends', keys: Object.keys(members) });
  return Object.fromEntries(
    Object.keys(members).map((member) => [member, fields ? dayOf(fields, member) : '']),
  );
}

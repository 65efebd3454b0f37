/**
 * A Beancount ledger (2.3), which passes `bean-check`.
 *
 *     2022-06-30 * "Depreciation of property, plant and equipment"
 *       entry: "JE-0103"
 *       Assets:Ppe:Depreciation:Electronic  -212666000.00 RMB
 *         movement: "depreciation"
 *
 * A `balance` is held before the entries of its day, so the closing of 30 June is asserted on 1 July; of a parent it is
 * that of all below. Beancount forgives a unit of the last digit by default: here it forgives nothing.
 */
import type { Entry } from '@tieout/ledger';
import type { Minor } from '@tieout/money';
import { accountNames } from './account-names';
import {
  brokenText,
  entryTags,
  firstDay,
  headOf,
  oneLine,
  plainAmount,
  postingTags,
  sections,
  type JournalToExport,
  type Section,
} from './plain-text';

const quoted = (text: string): string => `"${oneLine(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

export function* beancountLines(journal: JournalToExport): Generator<string> {
  const { chart } = journal;
  const names = accountNames(chart, 'capital');
  const tag = (indent: string, [key, value]: readonly [string, string]): string =>
    `${indent}${key}: ${quoted(value)}`;
  const start = firstDay(journal);
  const parts = sections(journal);
  const families = new Set(
    parts.flatMap(({ published }) => published.map(({ family }) => names.family(family))),
  );

  const declared = [
    `option "title" ${quoted(`${journal.entity}: ${journal.title}`)}`,
    `option "operating_currency" "${chart.currency}"`,
    'option "inferred_tolerance_multiplier" "0"',
    '',
    ...[...chart.accounts.values()].flatMap(({ id, name }) => [
      `${start} open ${names.nameOf.get(id)}`,
      tag('  ', ['account', id]),
      tag('  ', ['name', name]),
    ]),
    ...[...families].flatMap((name) => (name && !names.accountOf.has(name) ? [`${start} open ${name}`] : [])),
  ];

  const lines = (entry: Entry): string[] => [
    `${entry.date} * ${quoted(entry.description)}`,
    ...entryTags(entry).map((each) => tag('  ', each)),
    ...entry.postings.flatMap((leg) => [
      `  ${names.nameOf.get(leg.account)}  ${plainAmount(leg.minor, chart)} ${leg.unit}`,
      ...postingTags(leg).map((each) => tag('    ', each)),
    ]),
    '',
  ];

  const assertions = ({ day, when, balances, published }: Section): string[] => {
    const balance = (name: string, minor: Minor, unit: string): string =>
      `${dayAfter(day)} balance ${name}  ${plainAmount(minor, chart)} ~ 0 ${unit}`;
    const own = balances.map(({ account, unit, minor }) =>
      balance(names.nameOf.get(account) ?? '', minor, unit),
    );
    const printed = published.flatMap((each) => {
      const name = names.family(each.family);
      if (name === undefined) return [];
      if (!each.holds) return [`; ${brokenText(each, chart)}`];
      return [balance(name, each.minor, chart.currency), tag('  ', ['figure', each.fact])];
    });
    return [
      ...(own.length > 0 ? [`; Balances ${when}`, ...own, ''] : []),
      ...(printed.length > 0 ? [`; Published balances ${when}`, ...printed, ''] : []),
    ];
  };

  yield* headOf(journal).map((line) => `; ${line}`);
  yield* ['', ...declared, ''];
  for (const part of parts) {
    for (const entry of part.entries) yield* lines(entry);
    yield* assertions(part);
  }
}

export const toBeancount = (journal: JournalToExport): string => [...beancountLines(journal)].join('\n');

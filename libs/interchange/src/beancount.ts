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
import { brokenText, headOf, journalText, plainAmount, type JournalWriter } from './plain-text';
import type { JournalToExport, Section, Survey } from './survey';
import { entryTags, oneLine, postingTags } from './tags';

const quoted = (text: string): string => `"${oneLine(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

export function beancountWriter(survey: Survey): JournalWriter {
  const { chart, firstDay: start } = survey;
  const names = accountNames(chart, 'capital');
  const tag = (indent: string, [key, value]: readonly [string, string]): string =>
    `${indent}${key}: ${quoted(value)}`;
  const families = new Set(survey.published.map(({ family }) => names.family(family)));

  const declared = [
    `option "title" ${quoted(`${survey.entity}: ${survey.title}`)}`,
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

  return {
    head: [...headOf(survey).map((line) => `; ${line}`), '', ...declared, ''],
    entry: lines,
    close: assertions,
  };
}

export const toBeancount = (journal: JournalToExport): string => journalText(journal, beancountWriter);

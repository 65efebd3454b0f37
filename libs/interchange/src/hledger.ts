/**
 * An hledger journal (1.25 and later), which passes `hledger check --strict`.
 *
 *     2022-06-30 * (JE-0103) Depreciation of property, plant and equipment
 *         ; entry:JE-0103
 *         assets:ppe:depreciation:electronic  -212666000.00 RMB
 *         ; movement:depreciation
 *
 * Balances are asserted by postings of nothing: `=` of an account, `=*` of a family with all that is under it. A tag's
 * value ends at a comma, so commas in values are written as semicolons.
 */
import type { AccountType } from '@tieout/ledger';
import { accountNames } from './account-names';
import { balanceLines, entryLines, money, noDate, type Syntax } from './ledger-syntax';
import { brokenText, headOf, journalText, plainAmount, type JournalWriter } from './plain-text';
import type { JournalToExport, Section, Survey } from './survey';
import { oneLine } from './tags';

/** hledger's own type tags: what its balance sheet and income statement go by. */
const types: Readonly<Record<AccountType, string>> = {
  asset: 'A',
  liability: 'L',
  equity: 'E',
  income: 'R',
  expense: 'X',
  'comprehensive-income': 'E',
  clearing: 'E',
};

const value = (text: string): string => oneLine(text).replaceAll(',', ';');

export function hledgerWriter(survey: Survey): JournalWriter {
  const { chart, units, published: balances } = survey;
  const names = accountNames(chart, 'lower');
  const syntax: Syntax = { chart, names, tag: (key, text) => `${key}:${noDate(value(text))}` };
  const families = new Set(balances.map(({ family }) => names.family(family)));

  // The decimal mark and no separator: the form in which hledger reads, and prints.
  const thousand = plainAmount(10 ** (chart.minorDigits + 3), chart);
  const declared = [
    'decimal-mark .',
    ...units.map((unit) => `commodity ${chart.minorDigits === 0 ? `${thousand}.` : thousand} ${unit}`),
    '',
    ...[...chart.accounts.values()].map(({ id, name, type, role }) => {
      const tags = `type:${role === 'cash' ? 'C' : types[type]}, account:${id}, name:${value(name)}`;
      return `account ${names.nameOf.get(id)}  ; ${tags}`;
    }),
    ...[...families].flatMap((name) => (name && !names.accountOf.has(name) ? [`account ${name}`] : [])),
  ];

  const published = ({ day, when, published: all }: Section): string[] => {
    const lines = all.flatMap((each) => {
      const name = names.family(each.family);
      if (name === undefined) return [];
      if (!each.holds) return [`    ; ${brokenText(each, chart)}`];
      const [nothing, asserted] = [money(0, chart.currency, chart), money(each.minor, chart.currency, chart)];
      return [`    ${name}  ${nothing} =* ${asserted}  ; figure:${each.fact}`];
    });
    return lines.length > 0 ? [`${day} * Published balances ${when}`, ...lines, ''] : [];
  };

  return {
    head: [...headOf(survey).map((line) => `; ${line}`), '', ...declared, ''],
    entry: (entry) => entryLines(entry, syntax),
    close: (section) => [...balanceLines(section, syntax), ...published(section)],
  };
}

export const toHledger = (journal: JournalToExport): string => journalText(journal, hledgerWriter);

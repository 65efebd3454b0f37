/**
 * A Ledger journal (3.3), which passes `ledger --pedantic`.
 *
 *     2022-06-30 * (JE-0103) Depreciation of property, plant and equipment
 *         ; entry: JE-0103
 *         assets:ppe:depreciation:electronic  -212666000.00 RMB
 *         ; movement: depreciation
 *
 * Ledger holds an assertion when it comes to it in the file, so the assertions of a day stand behind its entries. Of an
 * account it is `= AMOUNT` on a posting of nothing; of a family it is an `assert` of the account's total.
 */
import { accountNames } from './account-names';
import { balanceLines, entryLines, money, noDate, type Syntax } from './ledger-syntax';
import { brokenText, headOf, journalText, plainAmount, type JournalWriter } from './plain-text';
import type { JournalToExport, Section, Survey } from './survey';
import { oneLine } from './tags';

export function ledgerWriter(survey: Survey): JournalWriter {
  const { chart, units, tagKeys } = survey;
  const names = accountNames(chart, 'lower');
  const syntax: Syntax = { chart, names, tag: (key, text) => `${key}: ${noDate(text)}` };
  const thousand = plainAmount(10 ** (chart.minorDigits + 3), chart);
  const declared = [
    ...units.flatMap((unit) => [`commodity ${unit}`, `    format ${thousand} ${unit}`]),
    ...tagKeys.map((key) => `tag ${key}`),
    '',
    ...[...chart.accounts.values()].flatMap(({ id, name }) => [
      `account ${names.nameOf.get(id)}`,
      `    note ${id}: ${oneLine(name)}`,
    ]),
  ];

  const published = ({ when, published: all }: Section): string[] => {
    const lines = all.flatMap((each) => {
      const name = names.family(each.family);
      if (name === undefined) return [];
      if (!each.holds) return [`; ${brokenText(each, chart)}`];
      // An account at nil has a total of 0, of no commodity.
      const asserted = each.minor === 0 ? '0' : money(each.minor, chart.currency, chart);
      return [`; ${each.fact}`, `assert account("${name}").total == ${asserted}`];
    });
    return lines.length > 0 ? [`; Published balances ${when}`, ...lines, ''] : [];
  };

  return {
    head: [...headOf(survey).map((line) => `; ${line}`), '', ...declared, ''],
    entry: (entry) => entryLines(entry, syntax),
    close: (section) => [...balanceLines(section, syntax), ...published(section)],
  };
}

export const toLedger = (journal: JournalToExport): string => journalText(journal, ledgerWriter);

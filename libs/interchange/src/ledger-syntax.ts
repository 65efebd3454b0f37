/**
 * What hledger and Ledger write alike: an entry, and the balances that accounts must stand at.
 *
 * Both end a description at a semicolon, keep a code in parentheses, and would read `[2022` in a comment as a date.
 */
import type { Chart, Entry } from '@tieout/ledger';
import type { Minor } from '@tieout/money';
import type { AccountNames } from './account-names';
import { plainAmount } from './plain-text';
import type { Section } from './survey';
import { entryTags, oneLine, postingTags } from './tags';

export interface Syntax {
  readonly chart: Chart;
  readonly names: AccountNames;
  /** A tag on a comment line of its own, without indent and semicolon. */
  readonly tag: (key: string, value: string) => string;
}

/** hledger would cut a description at a bar into payee and note. */
const description = (text: string): string => oneLine(text).replaceAll(';', ',').replaceAll('|', '/');

const code = (id: string): string => `(${oneLine(id).replace(/[()]/g, '-')})`;

/** Text that is read as no date. */
export const noDate = (text: string): string => text.replace(/\[(?=[\d=])/g, '[ ');

export const money = (minor: Minor, unit: string, chart: Chart): string =>
  `${plainAmount(minor, chart)} ${unit}`;

export function entryLines(entry: Entry, { chart, names, tag }: Syntax): readonly string[] {
  const tags = (all: readonly (readonly [string, string])[]): string[] =>
    all.map(([key, value]) => `    ; ${tag(key, value)}`);
  return [
    `${entry.date} * ${code(entry.id)} ${description(entry.description)}`,
    ...tags(entryTags(entry)),
    ...entry.postings.flatMap((leg) => [
      `    ${names.nameOf.get(leg.account)}  ${money(leg.minor, leg.unit, chart)}`,
      ...tags(postingTags(leg)),
    ]),
    '',
  ];
}

/** Postings of nothing that assert what each account stands at, by itself. */
export function balanceLines({ day, when, balances }: Section, { chart, names }: Syntax): readonly string[] {
  if (balances.length === 0) return [];
  const asserted = balances.map(
    ({ account, unit, minor }) =>
      `    ${names.nameOf.get(account)}  ${money(0, unit, chart)} = ${money(minor, unit, chart)}`,
  );
  return [`${day} * Balances ${when}`, ...asserted, ''];
}

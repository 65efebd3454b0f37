/**
 * Laws of the SenseTime book, held after every single entry of its journal and not only at the end of it.
 *
 * A ledger whose published figures all tie can still be none: an account may stand on a side that it cannot have, a
 * clearing account may carry a plug, an account may be missing from the balance sheet while another hides the hole. What
 * double entry makes true whatever the amounts is held here on the real entries, figure by figure and account by account.
 */
import { checkProvenance, publishedAmounts, seedEvents } from '@tieout/book';
import type { Payload } from '@tieout/events';
import {
  balancesOf,
  dayBefore,
  foldLedger,
  signBreaches,
  type AccountType,
  type Balance,
  type Chart,
  type Entry,
} from '@tieout/ledger';
import { addMinor, sumMinor, type Minor } from '@tieout/money';
import {
  coefficientOf,
  evaluator,
  indexLegs,
  linearForm,
  valueText,
  type Concept,
  type SelectionConcept,
  type World,
} from '@tieout/statements';
import { readSenseTime } from '../support/law-replay';

const book = readSenseTime();
const { chart, concepts } = book;
const journal = book.journal.flatMap(({ period, entries }) =>
  entries.map(({ entry }) => ({ period, entry })),
);
const entries = journal.map(({ entry }) => entry);
const postings = entries.flatMap((entry) => entry.postings);
const events = seedEvents(book).flatMap((segment) => segment.events.map(({ event }) => event));

const worldOf = (legs: World['legs'], more: Partial<World> = {}): World => ({
  chart,
  concepts,
  legs,
  recorded: new Map(),
  ...more,
});
const wholeWorld = worldOf(indexLegs(postings));

/** Says the law of what stands after each entry; gives what breaks it, entry by entry. */
function afterEachEntry(law: (balances: readonly Balance[], entry: Entry) => readonly string[]): string[] {
  let balances: readonly Balance[] = [];
  return entries.flatMap((entry) => {
    balances = balancesOf([...balances, ...entry.postings]);
    return law(balances, entry).map((breach) => `after ${entry.id}: ${breach}`);
  });
}

/** What the accounts of a type stand at, together. */
const standing = (balances: readonly Balance[], ...types: AccountType[]): Minor =>
  sumMinor(balances.flatMap(({ account, minor }) => (types.includes(typeOf(account)) ? [minor] : [])));

function typeOf(account: string): AccountType {
  const type = chart.accounts.get(account)?.type;
  if (type === undefined) throw new Error(`${account} is in no chart`);
  return type;
}

test('the laws below look at the whole journal', () => {
  expect(journal.map(({ period }) => period)).toStrictEqual([
    ...entries.filter(({ date }) => date <= '2021-06-30').map(() => '2021H1'),
    ...entries.filter(({ date }) => date > '2021-06-30' && date <= '2021-12-31').map(() => '2021H2'),
    ...entries.filter(({ date }) => date > '2021-12-31').map(() => '2022H1'),
  ]);
  for (const { id } of chart.periods)
    expect(journal.filter(({ period }) => period === id).length).toBeGreaterThan(10);
  expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
});

describe('after every entry', () => {
  test('assets = liabilities + equity + income less expenses + comprehensive income + clearing', () => {
    const breaks = afterEachEntry((balances) => {
      const assets = standing(balances, 'asset');
      const claims = [
        standing(balances, 'liability'),
        standing(balances, 'equity'),
        standing(balances, 'income'),
        standing(balances, 'expense'),
        standing(balances, 'comprehensive-income'),
        standing(balances, 'clearing'),
      ];
      // Debits are positive, so credits are claims with their sign exchanged.
      const sum = addMinor(assets, sumMinor(claims));
      return sum === 0 ? [] : [`assets ${assets}, claims ${sumMinor(claims)}`];
    });
    expect(breaks).toStrictEqual([]);
  });

  test('the printed balance sheet balances, wherever it is disclosed', () => {
    const known = { disclosed: 0, notDisclosed: 0 };
    const breaks = entries.flatMap((entry, index) => {
      const legs = indexLegs(entries.slice(0, index + 1).flatMap((each) => each.postings));
      const figures = evaluator(worldOf(legs));
      const [assets, claims] = ['bs.assets', 'bs.equity-and-liabilities'].map((concept) => {
        const value = figures.value(`${concept}@${entry.date}`);
        if (!value) throw new Error(`the book has no figure ${concept}`);
        return valueText(value);
      });
      known[assets === 'not disclosed' ? 'notDisclosed' : 'disclosed'] += 1;
      return assets === claims
        ? []
        : [`after ${entry.id}: assets ${assets}, equity and liabilities ${claims}`];
    });
    expect(breaks).toStrictEqual([]);
    // The balance sheet is published from 31 December 2021; before that day there is none.
    const from2021H2 = entries.filter(({ date }) => date >= '2021-12-31').length;
    expect(known).toStrictEqual({ disclosed: from2021H2, notDisclosed: entries.length - from2021H2 });
  });

  test('no account stands on a side that it cannot have: no asset overdrawn, no provision in debit', () => {
    expect(
      afterEachEntry((balances) =>
        signBreaches(balances, chart).map(
          ({ account, minor, normal }) => `${account} (${normal}) at ${minor}`,
        ),
      ),
    ).toStrictEqual([]);
    const sided = [...chart.accounts.values()].filter(({ normal }) => normal !== 'either');
    expect(sided.filter(({ type }) => type === 'asset')).toStrictEqual(
      [...chart.accounts.values()].filter(({ type }) => type === 'asset'),
    );
    // Provisions and accumulated depreciation are the assets that stand in credit.
    expect(
      sided.filter(({ type, normal }) => type === 'asset' && normal === 'credit').map(({ role }) => role),
    ).toStrictEqual(
      sided
        .filter(({ role }) => role === 'allowance' || role === 'accumulated-depreciation')
        .map(({ role }) => role),
    );
  });

  test('once it is disclosed, nothing comes back to the account of what is not', () => {
    const breaks = afterEachEntry((balances, { date }) =>
      date <= '2021-12-31'
        ? []
        : balances
            .filter(({ account }) => account === 'undisclosed')
            .map(({ minor }) => `undisclosed at ${minor}`),
    );
    expect(breaks).toStrictEqual([]);
  });
});

test('every account is on the balance sheet once, so that it balances whatever is posted', () => {
  const [assets, claims] = ['bs.assets', 'bs.equity-and-liabilities'].map((concept) => {
    const form = linearForm(`${concept}@2022-06-30`, wholeWorld);
    if (!form) throw new Error(`${concept} is not linear`);
    return coefficientOf(form);
  });
  const lines = postings.map((leg) => [leg.account, (assets?.(leg) ?? 0) - (claims?.(leg) ?? 0)]);
  expect(lines.filter(([, times]) => times !== 1)).toStrictEqual([]);
});

describe('at the end of each period', () => {
  const closing = (day: string): readonly Balance[] =>
    balancesOf(entries.filter(({ date }) => date <= day).flatMap((entry) => entry.postings));

  test.each(chart.periods.map(({ id, to }) => [id, to]))('%s: foreign exchange clearing is nil', (_, to) => {
    expect(closing(to).filter(({ account }) => account === 'fx-clearing')).toStrictEqual([]);
  });

  test.each(chart.periods.map(({ id, to }) => [id, to]))(
    '%s: income and expenses are closed to nil',
    (_, to) => {
      const income = ['income', 'expense', 'comprehensive-income'];
      expect(closing(to).filter(({ account }) => income.includes(typeOf(account)))).toStrictEqual([]);
    },
  );

  test('what is not disclosed is nil from 31 December 2021, and was not before', () => {
    const undisclosed = chart.periods.map(
      ({ to }) => closing(to).filter(({ account }) => account === 'undisclosed').length,
    );
    expect(undisclosed).toStrictEqual([1, 0, 0]);
  });

  test('the opening of a period is the closing of the one before, account by account', () => {
    const said = <Name extends 'PeriodOpened' | 'PeriodClosed'>(name: Name): Payload<Name>[] =>
      events.flatMap((event) => (event.name === name ? [event.payload as Payload<Name>] : []));
    const [opened, closed] = [said('PeriodOpened'), said('PeriodClosed')];
    expect(opened.map(({ period }) => period)).toStrictEqual(['2021H1', '2021H2', '2022H1']);
    expect(closed.map(({ period }) => period)).toStrictEqual(['2021H1', '2021H2']);
    expect(opened.slice(1).map(({ opening }) => opening)).toStrictEqual(closed.map(({ closing: at }) => at));
    expect(opened.map(({ opening }) => opening.length > 0)).toStrictEqual([false, true, true]);
    // And both are what the entries give.
    for (const { period, closing: asserted } of closed) {
      const { to } = periodNamed(period);
      expect(asserted.map(({ account, minor }) => [account, minor])).toStrictEqual(
        closing(to).map(({ account, minor }) => [account, String(minor)]),
      );
    }
    expect(foldLedger(events).breaks).toStrictEqual([]);
  });
});

function periodNamed(id: string): Chart['periods'][number] {
  const period = chart.periods.find((each) => each.id === id);
  if (!period) throw new Error(`no period ${id}`);
  return period;
}

/** Stocks that are selections of accounts: of a table by age the members change with the day, and there is no movement. */
const stocks = [...concepts.values()].flatMap(
  (concept): { concept: Concept; formula: SelectionConcept }[] => {
    const { formula } = concept;
    const selects = formula.kind === 'selection' && formula.measure === 'stock';
    return selects && formula.terms.every(({ age }) => age === undefined) ? [{ concept, formula }] : [];
  },
);

test('opening + movement = closing, for every balance-sheet figure and every other balance of the first half of 2022', () => {
  const flowing = new Map<string, Concept>(concepts);
  for (const { concept, formula } of stocks) {
    const id = `movement of ${concept.id}`;
    flowing.set(id, { id, label: id, formula: { ...formula, measure: 'flow' } });
  }
  const figures = evaluator({ ...wholeWorld, concepts: flowing });
  const { id: period, from, to } = periodNamed('2022H1');
  const moved = stocks.map(({ concept }) => {
    const values = [
      `${concept.id}@${dayBefore(from)}`,
      `movement of ${concept.id}@${period}`,
      `${concept.id}@${to}`,
    ];
    const [opening, movement, closing] = values.map((fact) => {
      const value = figures.value(fact);
      return value?.kind === 'money' ? value.minor : undefined;
    });
    return { concept: concept.id, opening, movement, closing };
  });
  expect(
    moved.filter(
      (each) => each.opening === undefined || each.movement === undefined || each.closing === undefined,
    ),
  ).toStrictEqual([]);
  expect(
    moved.map(({ concept, opening = 0, movement = 0 }) => [concept, addMinor(opening, movement)]),
  ).toStrictEqual(moved.map(({ concept, closing }) => [concept, closing]));
  expect(moved.filter(({ concept }) => concept.startsWith('bs.')).length).toBeGreaterThan(30);
  expect(moved.filter(({ movement }) => movement !== 0).length).toBeGreaterThan(30);
});

describe('provenance', () => {
  test('every expression over published facts gives the amount of its posting', () => {
    expect(checkProvenance(book)).toStrictEqual([]);
    expect(postings.filter(({ expression }) => expression !== undefined).length).toBeGreaterThan(200);
    expect(publishedAmounts(book).size).toBeGreaterThan(500);
  });

  test('an amount that is said to be disclosed or derived is so on at least one whole side', () => {
    const claimed = entries.filter(({ provenance }) => provenance.amount !== 'assumed');
    expect(claimed.length).toBeGreaterThan(100);
    const without = claimed.filter(({ postings: legs }) => {
      const sides = [legs.filter(({ minor }) => minor > 0), legs.filter(({ minor }) => minor < 0)];
      return !sides.some(
        (side) => side.length > 0 && side.every(({ expression }) => expression !== undefined),
      );
    });
    expect(without.map(({ id }) => id)).toStrictEqual([]);
  });

  test('every entry and every published figure names lines of the document', () => {
    const isLine = (line: number): boolean => Number.isSafeInteger(line) && line > 0;
    expect(
      entries.filter(({ provenance: { source } }) => !source.every(isLine)).map(({ id }) => id),
    ).toStrictEqual([]);
    expect(
      entries
        .filter(({ provenance: { amount, source } }) => amount !== 'assumed' && source.length === 0)
        .map(({ id }) => id),
    ).toStrictEqual([]);
    expect(book.figures.filter(({ sourceLine }) => !isLine(sourceLine)).map(({ id }) => id)).toStrictEqual(
      [],
    );
    expect(book.figures.length).toBeGreaterThan(1000);
  });

  test('an entry says why, where more than reading was needed', () => {
    const silent = entries.filter(
      ({ provenance: { allocation, amount, reasoning } }) =>
        reasoning === '' && (allocation !== 'given' || amount === 'assumed'),
    );
    expect(silent.map(({ id }) => id)).toStrictEqual([]);
  });
});

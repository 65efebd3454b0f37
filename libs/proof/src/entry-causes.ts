/**
 * Entries as causes: the difference between a print and the replay is what an entry adds to the figure.
 *
 * Replayed more than printed by an entry that stands twice, or by one that the print does not know; less by one that
 * was reversed. Where no entry fits and another print is off by as much on the other side, an entry between the two is
 * missing.
 */
import { inFamily, isCollective, type CollectiveEntry, type Entry } from '@tieout/ledger';
import {
  addMinor,
  formatAmount,
  isNil,
  minorToUnit,
  multiplyMinor,
  negateMinor,
  parseUnit,
  sumMinor,
  unitToMinor,
  type Minor,
} from '@tieout/money';
import { legsBehind, linearForm, type LinearForm, type World } from '@tieout/statements';
import type { Check, CheckedFigure } from './check';
import type { Cause } from './diagnosis';
import type { Print } from './prints';

interface Off {
  readonly figure: CheckedFigure['figure'];
  readonly form: LinearForm;
  /** Published less replayed. */
  readonly minor: Minor;
}

export function entryCauses({
  check,
  world,
  entries: all,
  suspects = [],
}: {
  readonly check: Check;
  readonly world: World;
  readonly entries: readonly CollectiveEntry[];
  readonly suspects?: readonly Entry[];
}): (print: Print) => readonly Cause[] {
  // The sum of many is no entry that someone posted twice.
  const entries: readonly Entry[] = [...all.filter((entry) => !isCollective(entry)), ...suspects];
  const offOf = ({ figure, difference }: CheckedFigure): Off[] => {
    const form = difference === undefined ? undefined : linearForm(figure.fact, world);
    const unit = parseUnit(figure.unit);
    const minor =
      difference !== undefined && unit ? unitToMinor(difference, unit, world.chart.minorDigits) : undefined;
    return form && minor !== undefined ? [{ figure, form, minor }] : [];
  };
  const exact = check.figures.filter(({ figure }) => check.prints.get(figure.id)?.exact);
  const off = new Map(exact.flatMap((each) => offOf(each)).map((each) => [each.figure.id, each]));

  return (print) => {
    const own = off.get(print.figure.id);
    if (!own) return [];
    const cause = (name: Cause['name'], text: string, entry?: Entry): Cause => ({
      name,
      text,
      figure: print.figure.id,
      ...(entry ? { entry: entry.id } : {}),
    });
    const effects = effectsOn(own.form, entries);
    const surplus = effects.filter(({ minor }) => minor === negateMinor(own.minor));
    const lacking = effects.filter(({ minor }) => minor === own.minor);
    const twice = surplus.find(({ entry }) =>
      entries.some((other) => other !== entry && samePostings(other, entry)),
    );
    if (twice) return [cause('doubled-entry', `${twice.entry.id} stands in the journal twice`, twice.entry)];
    const reversed = lacking.find(({ entry }) => entries.some(({ reverses }) => reverses === entry.id));
    if (reversed)
      return [cause('missing-entry', `${reversed.entry.id} was reversed; the print has it`, reversed.entry)];
    const other = counterpart(own, [...off.values()]);
    const amount = amountOf(own.minor, print, world);
    return [
      ...surplus
        .slice(0, 1)
        .map(({ entry }) =>
          cause('doubled-entry', `the journal has ${entry.id} once more than the print`, entry),
        ),
      ...(other
        ? [
            cause(
              'missing-entry',
              `${other.figure.id} is off by as much on the other side: an entry of ${amount} between them is missing`,
            ),
          ]
        : []),
      ...lacking
        .slice(0, 1)
        .map(({ entry }) =>
          cause('missing-entry', `the print has ${entry.id} once more than the journal`, entry),
        ),
    ];
  };
}

const amountOf = (minor: Minor, { figure }: Print, { chart }: World): string => {
  const unit = parseUnit(figure.unit);
  const size = minor < 0 ? negateMinor(minor) : minor;
  return unit ? `${formatAmount(minorToUnit(size, unit, chart.minorDigits))} ${figure.unit}` : '';
};

/** What each entry adds to a figure, where that is not nil. */
function effectsOn(form: LinearForm, entries: readonly Entry[]): { entry: Entry; minor: Minor }[] {
  return entries.flatMap((entry) => {
    const legs = legsBehind(form, entry.postings);
    const minor = sumMinor(legs.map(({ leg, times }) => multiplyMinor(leg.minor, times)));
    return isNil(minor) ? [] : [{ entry, minor }];
  });
}

const said = ({ postings }: Entry): string =>
  JSON.stringify(
    postings.map(({ account, movement, day, minor, dimensions }) => [
      account,
      movement,
      day,
      String(minor),
      dimensions,
    ]),
  );

const samePostings = (a: Entry, b: Entry): boolean => said(a) === said(b);

/** Another print that is off by the same amount, on the other side and of other accounts. */
function counterpart(own: Off, others: readonly Off[]): Off | undefined {
  const side = sideOf(own);
  if (side === undefined) return undefined;
  return others.find((other) => {
    const otherSide = sideOf(other);
    return otherSide !== undefined && isNil(addMinor(side, otherSide)) && apart(own.form, other.form);
  });
}

/** The difference as a debit; undefined of a figure that takes some accounts away from others. */
function sideOf({ form, minor }: Off): Minor | undefined {
  const [first, ...rest] = form.terms.map(({ times }) => times);
  if (first === undefined || rest.some((times) => times !== first)) return undefined;
  return multiplyMinor(minor, first);
}

const apart = (a: LinearForm, b: LinearForm): boolean => {
  const families = ({ terms }: LinearForm): readonly string[] =>
    terms.flatMap(({ selection }) => selection.accounts);
  return families(a).every((one) => families(b).every((two) => !inFamily(one, two) && !inFamily(two, one)));
};

/** How far a figure could be another one: what it rests on, and the range that the rest of the document leaves it. */
import type { WhatIfRangeDocument } from '@tieout/documents';
import { refuse } from '@tieout/events';
import { formatMinor, type Minor } from '@tieout/money';
import { parseFactId } from '@tieout/statements';
import {
  rangeOf,
  restingOn,
  type End,
  type Range,
  type Resting,
  type Solve,
  type WhatIf,
} from '@tieout/what-if';
import type { Session } from './session';
import { suggestion } from './suggestion';

/** What a figure rests on, and the range that the rest of the document leaves it. Refuses (E601) what is no sum of postings. */
export function rangeAsked(
  { book }: Session,
  asked: WhatIf,
  fact: string,
  solve: Solve,
): { readonly resting: Resting; readonly range: Range } {
  const resting = restingOn(fact, asked.base);
  const range = rangeOf(fact, asked.base, { claims: book.claims, solve });
  const disclosed = asked.facts.figures.value(fact)?.kind === 'money';
  return resting && range && disclosed ? { resting, range } : refuseNoRange(fact, asked);
}

export function whatIfRangeDocument(
  { book }: Session,
  figure: string,
  { resting, range }: ReturnType<typeof rangeAsked>,
): WhatIfRangeDocument {
  const amounts = (parts: Readonly<Record<string, Minor>>): Record<string, string> =>
    Object.fromEntries(Object.entries(parts).map(([name, minor]) => [name, formatMinor(minor)]));
  return {
    schema: 'tieout.whatif-resting/1',
    figure,
    unit: `${book.chart.currency} minor units`,
    amount: amounts(resting.amount),
    allocation: amounts(resting.allocation),
    entries: [...resting.entries],
    range: {
      now: formatMinor(range.minor),
      low: endJson(range.low),
      high: endJson(range.high),
      freeEntries: [...range.entries],
      held: range.held,
    },
  };
}

function endJson(end: End): WhatIfRangeDocument['range']['low'] {
  const minor = 'minor' in end ? formatMinor(end.minor) : null;
  const heldBy =
    'heldBy' in end ? { facts: [...end.heldBy.facts], accounts: [...end.heldBy.accounts] } : null;
  return { minor, how: end.how, heldBy, why: 'why' in end ? end.why : null };
}

/** A range is of amounts: what is no sum of them says what it is made of. */
function refuseNoRange(fact: string, { base, facts }: WhatIf): never {
  const id = parseFactId(fact);
  const formula = id && base.concepts.get(id.concept)?.formula;
  const lists = 'figures are like is.loss@2022H1: tieout figures lists them';
  if (!formula || !facts.figures.value(fact))
    return refuse('E601', `no figure "${fact}"`, {
      help: suggestion(
        fact,
        facts.shown.map((shown) => shown.fact),
        lists,
      ),
    });
  const value = facts.figures.value(fact);
  if (value?.kind === 'not-disclosed') return refuse('E601', `"${fact}" is not disclosed: ${value.why}`);
  const parts =
    formula.kind === 'quotient'
      ? [formula.numerator, formula.denominator]
      : formula.kind === 'change'
        ? [formula.of]
        : [];
  return refuse('E601', `"${fact}" is no sum of postings, and only of those is there a range`, {
    help: parts.length > 0 ? `it is made of ${parts.join(' and ')}: ask for those` : lists,
  });
}

/**
 * `whatif --resting FIGURE`: on what a figure rests, and how far it could be another one if what nobody disclosed were.
 *
 *     note14-security.deposit-loan@2022-06-30, RMB'000, by what its entries rest on (debit positive or as shown):
 *       amounts     disclosed 0 · derived 142,000 · assumed 0
 *       …
 *     What the rest of the document leaves it: 0 to 280,804
 *
 * The solver is loaded for this option only; what it answers is checked exactly before it is said (libs/what-if).
 */
import { ExitCode, refuse } from '@tieout/events';
import { formatMinor, type Minor } from '@tieout/money';
import { parseFactId } from '@tieout/statements';
import { rangeOf, restingOn, type End, type Range, type Solve, type WhatIf } from '@tieout/what-if';
import { forTerminal, padEnd, wrap, type Terminal } from '../print/text';
import type { Session } from '../session';
import { suggestion } from '../suggestion';
import { amountText } from './journal';

/** HiGHS, a linear programming solver in WebAssembly. */
async function loadSolver(): Promise<Solve> {
  const { default: loadHighs } = await import('highs');
  const highs = await loadHighs();
  return (program) => highs.solve(program, { output_flag: false });
}

export async function runResting(session: Session, asked: WhatIf, fact: string): Promise<number> {
  const { io, globals, book } = session;
  const found = restingOn(fact, asked.base);
  const range = rangeOf(fact, asked.base, { claims: book.claims, solve: await loadSolver() });
  if (!found || !range) return refuseNoSum(fact, asked);
  const amounts = (parts: Readonly<Record<string, Minor>>): Record<string, string> =>
    Object.fromEntries(Object.entries(parts).map(([name, minor]) => [name, formatMinor(minor)]));
  if (globals.json) {
    io.print(
      JSON.stringify(
        {
          schema: 'tieout.whatif-resting/1',
          figure: fact,
          unit: `${book.chart.currency} minor units`,
          amount: amounts(found.amount),
          allocation: amounts(found.allocation),
          entries: found.entries,
          range: {
            now: formatMinor(range.minor),
            low: endJson(range.low),
            high: endJson(range.high),
            freeEntries: range.entries,
            held: range.held,
          },
        },
        undefined,
        1,
      ),
    );
    return ExitCode.done;
  }
  const line = (what: string, parts: Readonly<Record<string, Minor>>): string =>
    `  ${padEnd(what, 12)}${Object.entries(parts)
      .map(([name, minor]) => `${name} ${amountText(minor, session)}`)
      .join(' · ')}`;
  io.print(
    forTerminal(
      [
        `${fact}, ${book.amountUnit.text}, by what its entries rest on (debit positive or as shown):`,
        line('amounts', found.amount),
        line('allocations', found.allocation),
        ...wrap(`entries that assume something: ${found.entries.join(', ') || 'none'}`, io.out.width - 2).map(
          (each) => `  ${each}`,
        ),
        '',
        ...rangeLines(range, (minor) => amountText(minor, session), io.out),
      ].join('\n'),
      io.out,
    ),
  );
  return ExitCode.done;
}

/** A range is of amounts: what is no sum of them says what it is made of. */
function refuseNoSum(fact: string, { base, facts }: WhatIf): never {
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

function endJson(end: End) {
  const minor = 'minor' in end ? formatMinor(end.minor) : null;
  const heldBy = 'heldBy' in end ? end.heldBy : null;
  return { minor, how: end.how, heldBy, why: 'why' in end ? end.why : null };
}

/** At most so many facts by name. */
const NAMES = 8;

const proves = (end: End): end is Extract<End, { how: 'proved' }> => end.how === 'proved';

function rangeLines(
  { minor, low, high, entries, held }: Range,
  amount: (minor: Minor) => string,
  { width }: Terminal,
): string[] {
  const nothing = (text: string): string => (text === '-' ? '0' : text);
  const shown = (end: End & { readonly minor: Minor }): string =>
    `${end.how === 'about' ? '≈ ' : ''}${nothing(amount(end.minor))}`;
  const said = (text: string, indent = 2): string[] =>
    wrap(text, width - indent).map((each) => `${' '.repeat(indent)}${each}`);
  const heldBy = (end: End): string => {
    if (!proves(end)) return '';
    const names = [...end.heldBy.facts, ...end.heldBy.accounts.map((account) => `the balance of ${account}`)];
    if (names.length === 0) return 'held by what the entries add up to, and by the side of each posting';
    const more = names.length - NAMES;
    return `held by ${names.slice(0, NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  };
  const leaves = 'What the rest of the document leaves it:';
  const lines: string[] = [];
  if (proves(low) && proves(high) && low.minor === high.minor) {
    const free = low.heldBy.facts.length + low.heldBy.accounts.length > 0;
    lines.push(`${leaves} ${shown(low)}, nothing else`);
    lines.push(...said(free ? heldBy(low) : 'nothing that is assumed moves it'));
  } else {
    const [from, to] = [low, high].map((end) => ('minor' in end ? shown(end) : undefined));
    const words =
      from !== undefined && to !== undefined
        ? `${from} to ${to}`
        : from !== undefined
          ? `${from} or more`
          : to !== undefined
            ? `${to} or less`
            : 'any amount';
    lines.push(`${leaves} ${words} (it is ${nothing(amount(minor))})`);
    for (const [name, end] of [
      ['lowest', low],
      ['highest', high],
    ] as const) {
      const what =
        end.how === 'unbounded'
          ? 'nothing bounds it'
          : end.how === 'not-found'
            ? `not found: the solver says ${end.why}`
            : end.how === 'about'
              ? 'as the solver says: not proved to the minor unit'
              : heldBy(end);
      lines.push(...said(`${padEnd(name, 8)} ${what}`));
    }
  }
  const sure = [low, high].every(({ how }) => how === 'proved' || how === 'unbounded');
  const facts = `${held.exact} facts held exactly and ${held.rounded} within rounding`;
  const text = `free: amounts of ${entries.length} entries, against ${facts}; its own prints are left out`;
  lines.push(...said(sure ? `${text}; proved exactly` : text));
  return lines;
}

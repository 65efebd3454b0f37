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
import { rangeAsked, whatIfRangeDocument } from '@tieout/answers';
import { ExitCode } from '@tieout/events';
import type { Minor } from '@tieout/money';
import type { End, Range, Solve, WhatIf } from '@tieout/what-if';
import { forTerminal, padEnd, wrap, type Terminal } from '../print/text';
import type { Session } from '../session';
import { amountText } from './journal';

/** HiGHS, a linear programming solver in WebAssembly. */
async function loadSolver(): Promise<Solve> {
  const { default: loadHighs } = await import('highs');
  const highs = await loadHighs();
  return (program) => highs.solve(program, { output_flag: false });
}

export async function runResting(session: Session, asked: WhatIf, fact: string): Promise<number> {
  const { io, globals, book } = session;
  const found = rangeAsked(session, asked, fact, await loadSolver());
  const { resting, range } = found;
  if (globals.json) {
    io.print(JSON.stringify(whatIfRangeDocument(session, fact, found), undefined, 1));
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
        line('amounts', resting.amount),
        line('allocations', resting.allocation),
        ...wrap(
          `entries that assume something: ${resting.entries.join(', ') || 'none'}`,
          io.out.width - 2,
        ).map((each) => `  ${each}`),
        '',
        ...rangeLines(range, (minor) => amountText(minor, session), io.out),
      ].join('\n'),
      io.out,
    ),
  );
  return ExitCode.done;
}

/** At most so many facts by name. */
const NAMES = 8;

function endText(end: End): string {
  switch (end.how) {
    case 'proved': {
      const { facts, accounts } = end.heldBy;
      const names = [...facts, ...accounts.map((account) => `the balance of ${account}`)];
      if (names.length === 0) return 'held by what the entries add up to, and by the side of each posting';
      const more = names.length > NAMES ? ` and ${names.length - NAMES} more` : '';
      return `held by ${names.slice(0, NAMES).join(', ')}${more}`;
    }
    case 'about':
      return 'as the solver says: not proved to the minor unit';
    case 'unbounded':
      return 'nothing bounds it';
    case 'not-found':
      return `not found: the solver says ${end.why}`;
  }
}

function rangeWords(from: string | undefined, to: string | undefined): string {
  if (from === undefined) return to === undefined ? 'any amount' : `${to} or less`;
  return to === undefined ? `${from} or more` : `${from} to ${to}`;
}

function rangeLines(
  { minor, low, high, entries, held }: Range,
  inUnit: (minor: Minor) => string,
  { width }: Terminal,
): string[] {
  const amount = (each: Minor): string => (each === 0 ? '0' : inUnit(each));
  const shown = (end: End): string | undefined =>
    'minor' in end ? `${end.how === 'about' ? '≈ ' : ''}${amount(end.minor)}` : undefined;
  const said = (text: string): string[] => wrap(text, width - 2).map((each) => `  ${each}`);
  const leaves = 'What the rest of the document leaves it:';
  const ends = [low, high];
  const lines =
    low.how === 'proved' && high.how === 'proved' && low.minor === high.minor
      ? [
          `${leaves} ${amount(low.minor)}, nothing else`,
          ...said(low.heldBy.facts.length > 0 ? endText(low) : 'nothing that is assumed moves it'),
        ]
      : [
          `${leaves} ${rangeWords(shown(low), shown(high))} (it is ${amount(minor)})`,
          ...said(`lowest   ${endText(low)}`),
          ...said(`highest  ${endText(high)}`),
        ];
  const proved = ends.every(({ how }) => how === 'proved' || how === 'unbounded') ? '; proved exactly' : '';
  const facts = `${held.exact} facts held exactly and ${held.rounded} within rounding`;
  return [
    ...lines,
    ...said(`free: amounts of ${entries.length} entries, against ${facts}; its own prints left out${proved}`),
  ];
}

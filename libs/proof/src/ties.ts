/**
 * Ties: statements that figures reached in different ways agree, and what they are generated from.
 *
 *     ledger       a print is what the replay gives
 *     foot         a total is the sum of its parts, down a column; cross-foot: along a line; all of it as printed
 *     roll-forward closing is opening and movements, as printed
 *     agree        a further print of a fact says what its most precise print says
 *     recompute    a percentage, an amount per share or a coarse total follows from the amounts printed
 *     articulate   statements agree with each other, as the book declares
 *
 * Everything but `ledger` looks at print only, so that the ledger cannot vouch for itself.
 */
import type { Chart } from '@tieout/ledger';
import { isStock, parseFactId, type Concept, type Layout } from '@tieout/statements';
import type { DeclaredTie } from './declared';
import { parseExpression, type Side } from './expression';
import { add, multiply, one, printed, printsIn, scale, type Monomial, type Polynomial } from './polynomial';
import { samePrecision, type Print, type Prints } from './prints';
import { recomputed } from './recompute';
import { rollForwards } from './roll-forward';

/** In the order that a summary shows them. */
export const tieKinds = [
  'foot',
  'cross-foot',
  'roll-forward',
  'agree',
  'recompute',
  'articulate',
  'ledger',
] as const;
export type TieKind = (typeof tieKinds)[number];

/** A sum that a table shows: its total and its parts by fact id, as the book's layouts have them. */
export interface FootingInPrint {
  readonly statement: string;
  readonly kind: 'foot' | 'cross-foot';
  readonly total: string;
  readonly of: readonly { readonly fact: string; readonly times: 1 | -1 }[];
  /** The line of the total: a table may print the fact on two. */
  readonly line?: string;
}

export interface LedgerTie {
  readonly id: string;
  readonly kind: 'ledger';
  readonly figure: string;
}

/** Both sides from print: prints by figure id. */
export interface PrintTie {
  readonly id: string;
  readonly kind: Exclude<TieKind, 'ledger'>;
  readonly left: Side;
  readonly right: Side;
  /** In which differences are said. */
  readonly unit: string;
  /** As printed or not at all: duplicates of one precision. */
  readonly strict?: boolean;
  /** The prints on the left were cut off, not rounded. */
  readonly truncated?: boolean;
  readonly why?: string;
  /** Why it cannot be run: a side is not published. */
  readonly missing?: string;
}

export type Tie = LedgerTie | PrintTie;

export interface TieSources {
  readonly prints: Prints;
  readonly footings: readonly FootingInPrint[];
  readonly declared: readonly DeclaredTie[];
  readonly concepts: ReadonlyMap<string, Concept>;
  readonly layouts: readonly Layout[];
  readonly chart: Chart;
}

/** What is nil where the tie holds: left × its counterpart's divisor, less right × the other's. */
export function residualOf({ left, right }: PrintTie): Polynomial {
  const [a, b] = [multiply(left.of, right.over ?? one), multiply(right.of, left.over ?? one)];
  return add(a, scale(b, -1));
}

/** The prints that a tie is about: its state is theirs. */
export const subjectsOf = (tie: Tie): readonly string[] =>
  tie.kind === 'ledger' ? [tie.figure] : printsIn([...tie.left.of, ...(tie.left.over ?? [])]);

/** All prints that it looks at. */
export const figuresOf = (tie: Tie): readonly string[] =>
  tie.kind === 'ledger'
    ? [tie.figure]
    : printsIn([tie.left, tie.right].flatMap(({ of, over = [] }) => [...of, ...over]));

export function tiesOf(sources: TieSources): readonly Tie[] {
  const { prints } = sources;
  const ties: Tie[] = [
    ...footings(sources),
    ...prints.all.flatMap((print) => agreement(print, prints)),
    ...prints.all.flatMap((print) => recomputed(print, sources)),
    ...sources.declared.map((tie) => declaredTie(tie, prints)),
    ...prints.all.map(({ figure }): LedgerTie => ({
      id: `ledger:${figure.id}`,
      kind: 'ledger',
      figure: figure.id,
    })),
  ];
  return numbered(ties);
}

/** A table may foot a total in two ways: the second is named with a number. */
function numbered(ties: readonly Tie[]): readonly Tie[] {
  const seen = new Map<string, number>();
  return ties.map((tie) => {
    const count = (seen.get(tie.id) ?? 0) + 1;
    seen.set(tie.id, count);
    return count === 1 ? tie : { ...tie, id: `${tie.id}#${count}` };
  });
}

/** Lines that are printed only where they are not nil: a print without them says that they are. */
function unprintedWhenNil(layouts: readonly Layout[]): ReadonlySet<string> {
  const lines = layouts.flatMap(({ blocks }) => blocks.flatMap((block) => block.lines));
  const quiet = lines.filter(({ onlyWhenNotNil }) => onlyWhenNotNil === true);
  return new Set(quiet.flatMap(({ cells }) => cells.flatMap((cell) => (cell ? [cell.concept] : []))));
}

function footings(sources: TieSources): PrintTie[] {
  const { prints, layouts, concepts } = sources;
  const all = [...sources.footings, ...rollForwards(sources)];
  const inTable = new Map<string, Print[]>();
  for (const print of prints.all) {
    const key = `${print.figure.statement} ${print.figure.fact}`;
    inTable.set(key, [...(inTable.get(key) ?? []), print]);
  }
  const quiet = unprintedWhenNil(layouts);
  return all.flatMap(({ statement, kind, total, of, line }): PrintTie[] => {
    const printsHere = (fact: string): readonly Print[] => inTable.get(`${statement} ${fact}`) ?? [];
    const totals = printsHere(total);
    const left = totals.find(({ figure }) => figure.line === line) ?? totals[0];
    // A total that nobody printed is no claim of the table's.
    if (!left) return [];
    const unit = left.figure.unit;
    const here = (fact: string): Print | undefined => {
      const candidates = printsHere(fact).filter(({ figure }) => figure.id !== left.figure.id);
      return candidates.find(({ figure }) => figure.unit === unit) ?? candidates[0];
    };
    const parts = of.flatMap(({ fact, times }) => {
      const print = here(fact) ?? prints.reference(fact);
      const silent = !print && quiet.has(parseFactId(fact)?.concept ?? '');
      return silent ? [] : [{ fact, times, print }];
    });
    const elsewhere = parts.some(({ print }) => print && print.figure.statement !== statement);
    const missing = parts.filter(({ print }) => !print).map(({ fact }) => fact);
    const tied = elsewhere
      ? 'recompute'
      : rollsForward(total, of, concepts) && kind === 'foot'
        ? 'roll-forward'
        : kind;
    return [
      {
        id: `${tied}:${left.figure.id}`,
        kind: tied,
        unit,
        left: { of: printed(left.figure.id) },
        right: {
          of: add(...parts.map(({ print, times }) => (print ? printed(print.figure.id, times) : []))),
        },
        ...(missing.length === 0 ? {} : { missing: `${missing.join(', ')} not published` }),
      },
    ];
  });
}

/** Does a stock stand among its own parts at an earlier day? */
function rollsForward(
  total: string,
  of: FootingInPrint['of'],
  concepts: ReadonlyMap<string, Concept>,
): boolean {
  const closing = parseFactId(total);
  const concept = closing && concepts.get(closing.concept);
  if (!closing || !concept || !isStock(concept.formula)) return false;
  return of.some(({ fact }) => {
    const part = parseFactId(fact);
    return part?.concept === closing.concept && part.time < closing.time;
  });
}

function agreement(print: Print, prints: Prints): PrintTie[] {
  const { figure } = print;
  const reference = prints.reference(figure.fact);
  if (!reference || reference === print) return [];
  return [
    {
      id: `agree:${figure.id}`,
      kind: 'agree',
      unit: figure.unit,
      left: { of: printed(figure.id) },
      right: { of: printed(reference.figure.id) },
      ...(samePrecision(figure, reference.figure) ? { strict: true } : {}),
    },
  ];
}

function declaredTie(declared: DeclaredTie, prints: Prints): PrintTie {
  const { id, kind, why, mode } = declared;
  const sides = [declared.left, declared.right].map((text) => parseExpression(text));
  const unreadable = sides.flatMap((side) => ('why' in side ? [side.why] : []));
  const unpublished = new Set<string>();
  const inPrint = (polynomial: Polynomial): Polynomial =>
    polynomial.map(({ times, of }): Monomial => ({
      times,
      of: of.map((fact) => {
        const print = prints.get(fact) ?? prints.reference(fact);
        if (!print) unpublished.add(fact);
        return print?.figure.id ?? fact;
      }),
    }));
  const [left, right] = sides.map((side): Side => {
    if ('why' in side) return { of: [] };
    const { of, over } = side.side;
    return { of: inPrint(of), ...(over ? { over: inPrint(over) } : {}) };
  });
  const missing = [
    ...unreadable,
    ...(unpublished.size > 0 ? [`${[...unpublished].join(', ')} not published`] : []),
  ];
  const first = left?.of[0]?.of[0];
  return {
    id,
    kind,
    why,
    left: left ?? { of: [] },
    right: right ?? { of: [] },
    unit: declared.unit ?? (first === undefined ? undefined : prints.get(first)?.figure.unit) ?? '',
    ...(mode === 'truncated' ? { truncated: true } : {}),
    ...(missing.length === 0 ? {} : { missing: missing.join('; ') }),
  };
}

/**
 * Ties as documents: a page of those that match, and one in full with the prints on both sides.
 */
import type { TieDocument, TieLine, TiesDocument, TieTerm } from '@tieout/documents';
import { refuse } from '@tieout/events';
import { subjectsOf, tieKinds, tieStates, type CheckedTie, type PrintTie } from '@tieout/proof';
import { checked, type Checked } from './checked';
import type { Session } from './session';
import { suggestion } from './suggestion';

type Terms = PrintTie['left']['of'];

/** What ties are asked for: all of it must match. */
export interface TiesAsked {
  readonly kind?: string;
  readonly state?: string;
  readonly statement?: string;
  /** A figure or fact that the tie looks at. */
  readonly figure?: string;
  /** In the id, the equation, or the label of what it is about. */
  readonly q?: string;
  /** The cursor of the page before. */
  readonly after?: string;
  readonly limit?: number;
}

/** Ties on a page, where no other number is asked for. */
const PAGE = 100;

function sumText(of: Terms, name: (figure: string) => string): string {
  const terms = of.map(({ times, of: prints }, index) => {
    const size = Math.abs(times);
    const factors = [...(size === 1 && prints.length > 0 ? [] : [String(size)]), ...prints.map(name)];
    return `${times < 0 ? (index === 0 ? '-' : '- ') : index === 0 ? '' : '+ '}${factors.join(' * ')}`;
  });
  return terms.length === 0 ? '0' : terms.join(' ');
}

/** The equation of a tie: "is.gross-profit@2022H1 = is.revenue@2022H1 + is.cost-of-sales@2022H1". */
export function equationText({ left, right }: PrintTie, name: (figure: string) => string): string {
  const side = ({ of, over }: PrintTie['left']): string =>
    over ? `(${sumText(of, name)}) / (${sumText(over, name)})` : sumText(of, name);
  return `${side(left)} = ${side(right)}`;
}

function lineOf(each: CheckedTie, { check }: Checked): TieLine {
  const { tie, state, left, right, difference, note, explanation } = each;
  const about = subjectsOf(tie);
  const subject = check.prints.get(about[0] ?? '')?.figure;
  const unit = tie.kind === 'ledger' ? subject?.unit : tie.unit;
  return {
    tie: tie.id,
    kind: tie.kind,
    state,
    statement: subject?.statement ?? '',
    about: [...about],
    ...(tie.kind === 'ledger' ? {} : { equation: equationText(tie, (figure) => figure) }),
    ...(unit === undefined ? {} : { unit }),
    ...(left === undefined ? {} : { left }),
    ...(right === undefined ? {} : { right }),
    ...(difference === undefined ? {} : { difference }),
    ...(tie.kind === 'ledger' || tie.why === undefined ? {} : { why: tie.why }),
    ...(note === undefined ? {} : { note }),
    ...(explanation ? { explanation } : {}),
  };
}

/** The word, of those that are known. Refuses (E602) any other. */
function known(word: string | undefined, words: readonly string[], what: string): string | undefined {
  if (word === undefined || words.includes(word)) return word;
  return refuse('E602', `no ${what} of ties is called "${word}"`, {
    help: suggestion(word, words, `they are ${words.join(', ')}`),
  });
}

function matching({ kind, state, statement, figure, q }: TiesAsked, { check }: Checked) {
  const kinds = known(kind, tieKinds, 'kind');
  const states = known(state, tieStates, 'state');
  const words = q?.toLowerCase().split(/\s+/) ?? [];
  const printOf = (id: string) => check.prints.get(id)?.figure;
  return ({ tie, state: found }: CheckedTie): boolean => {
    if ((kinds !== undefined && tie.kind !== kinds) || (states !== undefined && found !== states))
      return false;
    const about = subjectsOf(tie);
    if (statement !== undefined && !about.some((id) => printOf(id)?.statement === statement)) return false;
    const looksAt = tie.kind === 'ledger' ? about : printsOf(tie);
    if (figure !== undefined && !looksAt.some((id) => id === figure || printOf(id)?.fact === figure))
      return false;
    if (words.length === 0) return true;
    const text = [tie.id, ...looksAt, ...about.map((id) => printOf(id)?.label ?? '')].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

const printsOf = ({ left, right }: PrintTie): readonly string[] =>
  [left, right].flatMap(({ of, over = [] }) => [...of, ...over].flatMap((term) => term.of));

/** Ties stand in an order that depends on the book alone, so a cursor is the id of the last one seen. */
export async function tiesDocument(session: Session, asked: TiesAsked = {}): Promise<TiesDocument> {
  const run = await checked(session);
  const { after, limit = PAGE } = asked;
  const all = run.check.ties.filter(matching(asked, run));
  const before = after === undefined ? -1 : all.findIndex(({ tie }) => tie.id === after);
  if (after !== undefined && before === -1) refuse('E602', `no tie of these is called "${after}"`);
  const page = all.slice(before + 1, before + 1 + limit);
  const hasMore = before + 1 + page.length < all.length;
  return {
    schema: 'tieout.ties/1',
    book: session.book.id,
    revision: session.revision,
    items: page.map((each) => lineOf(each, run)),
    page: { total: all.length, hasMore, next: hasMore ? (page.at(-1)?.tie.id ?? null) : null },
  };
}

/** One tie in full. Refuses (E601) an id that no tie has. */
export async function tieDocument(session: Session, asked: string): Promise<TieDocument> {
  const run = await checked(session);
  const { check } = run;
  const each =
    check.ties.find(({ tie }) => tie.id === asked) ??
    refuse('E601', `no tie is called "${asked}"`, {
      help: suggestion(
        asked,
        check.ties.map(({ tie }) => tie.id),
        'tieout check --csv lists them',
      ),
    });
  const states = new Map(check.figures.map(({ figure, state }) => [figure.id, state]));
  const termsOf = (of: Terms): TieTerm[] =>
    of.map(({ times, of: prints }) => ({
      times,
      figures: prints.flatMap((id) => {
        const figure = check.prints.get(id)?.figure;
        if (!figure) return [];
        const { fact, label, statement, unit, published, sourceLine, text } = figure;
        const state = states.get(id) ?? 'untested';
        return [
          { figure: id, fact, label, statement, unit, published, state, source: { line: sourceLine, text } },
        ];
      }),
    }));
  const sideOf = ({ of, over }: PrintTie['left']) => ({
    terms: termsOf(of),
    ...(over ? { over: termsOf(over) } : {}),
  });
  const { tie } = each;
  const found = (await run.findings()).find((finding) => finding.tie === tie.id);
  return {
    ...lineOf(each, run),
    schema: 'tieout.tie/1',
    book: session.book.id,
    revision: session.revision,
    sides:
      tie.kind === 'ledger'
        ? {
            left: { terms: termsOf([{ times: 1, of: [tie.figure] }]) },
            right: { terms: [], ...(each.right === undefined ? {} : { replayed: each.right }) },
          }
        : { left: sideOf(tie.left), right: sideOf(tie.right) },
    causes: (found?.causes ?? []).map(({ name, text, entry }) => ({
      cause: name,
      because: text,
      ...(entry === undefined ? {} : { entry }),
    })),
  };
}

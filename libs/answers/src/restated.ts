/**
 * A period as it was published beside as it is restated: what entries that came after its first close do to its figures.
 *
 * As published is what the log knew at the period's first close; as restated is what it knows now. Invariant: of a figure
 * that is a sum of postings, what the late entries add to it is the change, exactly.
 */
import type { RestatedDocument } from '@tieout/documents';
import { refuse, type LedgerEvent, type StoredEvent } from '@tieout/events';
import { periodOfEntry, type Period } from '@tieout/ledger';
import { addMinor, subtractDecimals, type Minor } from '@tieout/money';
import { Journal, movesBetween, Stated, Statements, type Move, type StatedCell } from '@tieout/projections';
import { inUnit, linearForm, money, parseFactId } from '@tieout/statements';
import { replayed, type Session } from './session';
import { suggestion } from './suggestion';

/** When it was published: a close that the log has, or a position that the user named. */
export interface Published {
  readonly period: Period;
  /** The events before this position were known. */
  readonly knownAt: number;
  readonly close?: Pick<StoredEvent, 'position' | 'recordedAt' | 'actor'>;
}

export interface LateEntry {
  readonly id: string;
  readonly date: string;
  readonly description: string;
  readonly position: number;
  readonly recordedAt: string;
  readonly actor: string;
  /** The reopening that let it in. */
  readonly reopening?: { readonly position: number; readonly actor: string; readonly reason: string };
}

/** `amount` in the figure's unit. */
export interface BridgeStep {
  readonly entry: string;
  readonly amount: string;
}

export interface RestatedFigure extends Move {
  readonly change?: string;
  /** From published to restated; absent of a figure that is no sum of postings. */
  readonly bridge?: readonly BridgeStep[];
}

export interface Restated extends Published {
  readonly figures: readonly RestatedFigure[];
  readonly entries: readonly LateEntry[];
}

interface Said {
  readonly stored: StoredEvent;
  readonly event: LedgerEvent;
}

async function eventsNamed(session: Session, name: LedgerEvent['name']): Promise<readonly Said[]> {
  const found: Said[] = [];
  for await (const events of session.projections.get(Journal).events({ event: name })) found.push(...events);
  return found;
}

/** The first close of each period that was closed. */
async function firstCloses(session: Session): Promise<readonly Published[]> {
  const closes = new Map<string, StoredEvent>();
  for (const { stored, event } of await eventsNamed(session, 'PeriodClosed')) {
    if (event.name === 'PeriodClosed' && !closes.has(event.payload.period))
      closes.set(event.payload.period, stored);
  }
  return session.book.chart.periods.flatMap((period): Published[] => {
    const close = closes.get(period.id);
    return close ? [{ period, knownAt: close.position + 1, close }] : [];
  });
}

/** The figures of a period: its flows, and what stands at its end. */
function figuresOf({ projections }: Session, { id, to }: Period): readonly StatedCell[] {
  const cells = projections.get(Stated).cells({ kind: 'period', period: id });
  return cells.filter(({ fact }) => [id, to].includes(parseFactId(fact)?.time ?? ''));
}

/** Each period as published beside as the session knows it. What was published is folded beside the session. */
async function restate(session: Session, published: readonly Published[]): Promise<readonly Restated[]> {
  const moved: (readonly Move[])[] = [];
  for (const { period, knownAt } of published) {
    const then = await replayed(session, { knownAt: String(knownAt) }, { replays: 'statements' });
    try {
      moved.push(movesBetween(figuresOf(then, period), figuresOf(session, period)));
    } finally {
      await then.projections.close();
    }
  }
  const reopenings = await eventsNamed(session, 'PeriodReopened');
  const restated: Restated[] = [];
  for (const [index, each] of published.entries())
    restated.push(await bridged(session, each, moved[index] ?? [], reopenings));
  return restated;
}

async function bridged(
  session: Session,
  published: Published,
  moves: readonly Move[],
  reopenings: readonly Said[],
): Promise<Restated> {
  const { projections, log, book } = session;
  const { world } = projections.get(Statements).books();
  const facts = [...new Set(moves.map(({ fact }) => fact))];
  const forms = facts.map((fact) => linearForm(fact, world));
  const sums = facts.map(() => new Map<number, Minor>());
  for await (const parts of forms.some(Boolean) ? projections.get(Journal).partsOf(forms) : []) {
    for (const { of, position, minor } of parts) {
      const ofFact = sums[of];
      if (ofFact && position >= published.knownAt)
        ofFact.set(position, addMinor(ofFact.get(position) ?? 0, minor));
    }
  }
  const positions = [
    ...new Set(sums.flatMap((ofFact) => [...ofFact].flatMap(([at, minor]) => (minor === 0 ? [] : [at])))),
  ].sort((a, b) => a - b);
  const entries = new Map<number, LateEntry>();
  for (const position of positions) {
    const [stored] = await log.readAll(position, 1);
    if (stored) entries.set(position, await lateEntry(session, stored, reopenings));
  }
  const figures = moves.map((move): RestatedFigure => {
    const { fact, unit, before, after } = move;
    const at = facts.indexOf(fact);
    const steps = [...(sums[at] ?? [])].flatMap(([position, minor]): BridgeStep[] => {
      const amount = inUnit(money(minor), unit, book.chart);
      const entry = entries.get(position);
      return amount === undefined || entry === undefined || minor === 0 ? [] : [{ entry: entry.id, amount }];
    });
    return {
      ...move,
      ...(before == null || after == null ? {} : { change: subtractDecimals(after, before) }),
      ...(forms[at] ? { bridge: steps } : {}),
    };
  });
  return { ...published, figures, entries: [...entries.values()] };
}

async function lateEntry(
  session: Session,
  { position, recordedAt, actor }: StoredEvent,
  reopenings: readonly Said[],
): Promise<LateEntry> {
  const { id, date, event, description } = await session.projections.get(Journal).entryAt(position);
  const period = periodOfEntry({ event, date }, session.book.chart);
  const before = reopenings.flatMap(({ stored, event: said }) =>
    said.name === 'PeriodReopened' && said.payload.period === period?.id && stored.position < position
      ? [{ position: stored.position, actor: stored.actor, reason: said.payload.reason }]
      : [],
  );
  const reopening = before.at(-1);
  return {
    ...{ id, date, description, position, recordedAt, actor },
    ...(reopening === undefined ? {} : { reopening }),
  };
}

/** What is asked: all periods that were closed, one of them, or one as it was known before a position. */
export interface RestatedAsked {
  readonly period?: string | undefined;
  readonly since?: string | undefined;
}

/** What is asked for, with its position. Refuses (E601, E602). */
async function asked(session: Session, { period: id, since }: RestatedAsked): Promise<Published[]> {
  const { book, axes, revision } = session;
  if (axes.at !== undefined)
    refuse('E602', '--at cuts a period short; what was published is a whole one', { help: 'leave --at out' });
  const closes = await firstCloses(session);
  if (id === undefined) {
    if (since !== undefined)
      refuse('E602', '--since is of one period', { help: 'tieout restated PERIOD --since POSITION' });
    return [...closes];
  }
  const { periods } = book.chart;
  const period = periods.find((each) => each.id === id);
  if (!period) {
    const ids = periods.map((each) => each.id);
    return refuse('E601', `the book has no period "${id}"`, {
      help: suggestion(id, ids, `it has ${ids.join(', ')}`),
    });
  }
  if (since !== undefined) {
    const knownAt = /^\d{1,15}$/.test(since) ? Number(since) : NaN;
    if (!(knownAt <= revision))
      refuse('E602', `--since takes a position of the log, at most ${revision}, not "${since}"`);
    return [{ period, knownAt }];
  }
  const close = closes.find((each) => each.period.id === id);
  return close
    ? [close]
    : refuse('E602', `period ${id} was never closed: what was published of it is not recorded`, {
        help: `tieout restated ${id} --since POSITION, with the log position that was published`,
      });
}

/** Closed periods as published beside as restated. Refuses (E601, E602). */
export const restatements = async (session: Session, about: RestatedAsked): Promise<readonly Restated[]> =>
  restate(session, await asked(session, about));

/** What the standard says of them. */
export const restatementStandard =
  'IAS 8.42: comparative amounts restated for errors of that period; IAS 8.49(b): the correction of each line';

/** The document of `tieout restated --json`. */
export async function restatedDocument(session: Session, about: RestatedAsked): Promise<RestatedDocument> {
  const { book, basis, revision } = session;
  const restated = await restatements(session, about);
  const periods = restated.map(({ period, knownAt, close, figures, entries }) => {
    const closed = close && {
      closed: { position: close.position, recordedAt: close.recordedAt, actor: close.actor },
    };
    return {
      ...{ period: period.id, label: period.label, published: { knownAt, ...closed } },
      figures: figures.map(({ bridge, ...figure }) => ({
        ...figure,
        ...(bridge && { bridge: [...bridge] }),
      })),
      entries: [...entries],
    };
  });
  const head = { book: book.id, basis, revision, standard: restatementStandard };
  return { schema: 'tieout.restated/1', ...head, periods };
}

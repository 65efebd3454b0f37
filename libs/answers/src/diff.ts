/**
 * Which cells of the statements do not say the same in two states of the books: before and after some events, or at two
 * days.
 *
 * Two sessions are compared, each along its own axes. Invariant: what moved from one to another moved back the other way.
 */
import type { DiffDocument } from '@tieout/documents';
import { subtractDecimals } from '@tieout/money';
import { movesBetween, Stated, type StatedCell } from '@tieout/projections';
import type { Session } from './session';
import { whenOf } from './when';

const cellsOf = (session: Session): readonly StatedCell[] =>
  session.projections.get(Stated).cells(whenOf(session));

const knownTo = ({ revision, axes: { at } }: Session): DiffDocument['from'] => ({
  revision,
  ...(at === undefined ? {} : { at }),
});

export function diffDocument(from: Session, to: Session): DiffDocument {
  const moved = movesBetween(cellsOf(from), cellsOf(to)).map((move) => {
    const { before, after } = move;
    return {
      ...move,
      ...(before == null || after == null ? {} : { change: subtractDecimals(after, before) }),
    };
  });
  const { book, basis } = to;
  return { schema: 'tieout.diff/1', book: book.id, basis, from: knownTo(from), to: knownTo(to), moved };
}

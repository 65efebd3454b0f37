/**
 * The self-test in sight: how many planted errors were noticed, and where nothing would notice one.
 */
import type { Planted, PlantedKind } from '@tieout/proof';
import { padEnd, padStart, wrap } from './text';

const words: Readonly<Record<PlantedKind, string>> = {
  figures: 'a figure of a table, one unit of its last digit off',
  prose: 'a number of the prose, one unit of its last digit off',
  pairs: 'two figures of a sum that make up for each other',
  rectangles: 'four cells of a matrix that make up for each other',
  labels: 'two lines next to each other, exchanged',
  entries: 'two legs of an entry, one unit more each',
};

/** Cut off: nothing is said to be all that is not. */
const percent = ({ planted, noticed }: Planted): string =>
  `${(Math.floor((noticed * 1000) / planted) / 10).toFixed(1)}%`;

export function selfTestLines(tested: readonly Planted[]): string[] {
  const row = (what: string, planted: string, noticed: string, share: string): string =>
    padEnd(what, 55) + padStart(planted, 9) + padStart(noticed, 9) + padStart(share, 9).replace(/ +$/, '');
  return [
    row('Self-test: planted', 'planted', 'noticed', ''),
    ...tested
      .filter(({ planted }) => planted > 0)
      .map((each) => row(words[each.kind], String(each.planted), String(each.noticed), percent(each))),
  ];
}

/** "income-statement: ..." or "JE-20: ...": by what stands before the colon, with what stands behind it. */
function grouped(blind: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const text of blind) {
    const colon = text.indexOf(': ');
    const [head, rest] = [text.slice(0, colon), text.slice(colon + 2)];
    groups.set(head, [...(groups.get(head) ?? []), rest]);
  }
  return groups;
}

/** What nothing notices: single figures, labels supported by their order only, and splits that are assumed. */
export function blindLines(tested: readonly Planted[], width: number): string[] {
  const blindOf = (...kinds: readonly PlantedKind[]): readonly string[] =>
    tested.filter(({ kind }) => kinds.includes(kind)).flatMap(({ blind }) => blind);
  const figures = [
    ...new Set(blindOf('figures', 'prose').map((text) => text.replace(/ one unit (higher|lower)$/, ''))),
  ];
  const labels = [...grouped(blindOf('labels'))].map(
    ([statement, pairs]) => `${statement}: ${pairs.join(' · ')}`,
  );
  const entries = [...grouped(blindOf('entries'))].map(([entry, legs]) => `${entry} (${legs.length})`);
  const list = (head: string, items: readonly string[], joint: string): string[] =>
    items.length === 0
      ? []
      : [
          head,
          ...(joint === '' ? items : [items.join(joint)])
            .flatMap((text) => wrap(text, width - 4))
            .map((line) => `    ${line}`),
        ];
  return [
    ...list(`Not noticed at one unit, one way or both: ${figures.length} figures`, figures, ', '),
    ...list('Labels that only their order supports', labels, ''),
    ...list('Entries whose split no print fixes, with how many pairs of legs', entries, ', '),
  ];
}

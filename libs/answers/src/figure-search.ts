/**
 * Which figure is meant: by id, by fact, by concept (of the last period that prints it), else by label; who asks for what
 * is not there is told what is near.
 */
import { refuse } from '@tieout/events';
import type { Check } from '@tieout/proof';
import { parseFactId, type PublishedFigure } from '@tieout/statements';
import type { Session } from './session';
import { suggestion } from './suggestion';

/** As many as one reads. */
const SHOWN = 12;

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Figures that have every word asked for: in their labels first, then in label and id together. */
function byWords(asked: string, figures: readonly PublishedFigure[]): readonly PublishedFigure[] {
  const words = plain(asked)
    .split(' ')
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const has = (text: string): boolean => words.every((word) => plain(text).includes(word));
  const inLabel = figures.filter(({ label }) => has(label));
  const matching = [...inLabel, ...figures.filter(({ label, id }) => !has(label) && has(`${label} ${id}`))];
  return matching.filter(({ fact }, index) => matching.findIndex((each) => each.fact === fact) === index);
}

/** The fact that is asked for. */
export function factAsked(asked: string, { prints }: Check, { book }: Session): string {
  const figures = prints.all.map(({ figure }) => figure);
  const print = prints.get(asked);
  if (print) return print.figure.fact;
  if (prints.of(asked).length > 0) return asked;
  const ofConcept = figures.filter(({ fact }) => parseFactId(fact)?.concept === asked);
  const ends = new Map(book.chart.periods.map(({ id, to }) => [id, to]));
  const latest = [...ofConcept].sort((a, b) => timeOf(b, ends).localeCompare(timeOf(a, ends)))[0];
  if (latest) return latest.fact;
  const named = byWords(asked, figures);
  return refuse('E601', `no published figure is called "${asked}"`, {
    notes: [
      ...named.slice(0, SHOWN).map(({ fact, label, statement }) => `${fact}  ${label} (${statement})`),
      ...(named.length > SHOWN ? [`and ${named.length - SHOWN} more`] : []),
    ],
    help: suggestion(
      asked,
      [...new Set(figures.flatMap(({ id, fact }) => [id, fact, parseFactId(fact)?.concept ?? fact]))],
      named.length > 0 ? 'one of these?' : 'tieout figures lists them',
    ),
  });
}

const timeOf = ({ fact }: PublishedFigure, ends: ReadonlyMap<string, string>): string => {
  const time = parseFactId(fact)?.time ?? '';
  return ends.get(time) ?? time;
};

/**
 * What a fact is computed from: the parts of a sum, the two amounts of a quotient, the two times of a change.
 *
 * A quotient is of a period; a balance in it stands at the period's last day.
 */
import { isStock, parseFactId, type World } from '@tieout/statements';

export interface Input {
  readonly fact: string;
  readonly as: 'plus' | 'less' | 'divided' | 'by' | 'now' | 'then';
}

/** None of what is read off the entries, or recorded. */
export function inputsOf(
  fact: string,
  { chart, concepts }: Pick<World, 'chart' | 'concepts'>,
): readonly Input[] {
  const id = parseFactId(fact);
  const formula = id && concepts.get(id.concept)?.formula;
  if (!id || !formula) return [];
  const at = (concept: string, time: string): string => {
    const of = concepts.get(concept)?.formula;
    const day = of && isStock(of) ? chart.periods.find((period) => period.id === time)?.to : undefined;
    return `${concept}@${day ?? time}`;
  };
  switch (formula.kind) {
    case 'sum':
      return formula.of.map(({ concept, times }) => ({
        fact: at(concept, id.time),
        as: times === 1 ? 'plus' : 'less',
      }));
    case 'quotient':
      return [
        { fact: at(formula.numerator, id.time), as: 'divided' },
        { fact: at(formula.denominator, id.time), as: 'by' },
      ];
    case 'change':
      return [
        { fact: at(formula.of, id.time), as: 'now' },
        { fact: at(formula.of, formula.since), as: 'then' },
      ];
    default:
      return [];
  }
}

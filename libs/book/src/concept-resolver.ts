/**
 * Names to figures: each draft of a concept with its parts resolved, no circle among them, and no sum of a flow and a
 * stock.
 */
import type { Concept, ConceptFormula } from '@tieout/statements';
import type { ConceptDraft } from './concept-drafts';
import type { Ref, StatementDraft } from './layout-reader';
import { lineAt, suggestion } from './source';
import { problem } from './yaml-fields';

export type Resolve = (ref: Ref) => string | undefined;

/** The id of the concept that a name means: its own, that of a line which shows it, or a recorded fact's. Reports E301 once a place. */
export function resolver(
  drafts: readonly StatementDraft[],
  pending: Map<string, ConceptDraft>,
  facts: ReadonlySet<string>,
): Resolve {
  const shown = new Map<string, string>();
  for (const { lines } of drafts) {
    for (const { id, formula } of lines) if (formula.kind === 'figure') shown.set(id, formula.figure.name);
  }
  const reported = new Set<unknown>();
  return (ref) => {
    if (ref.name === '') return undefined;
    if (pending.has(ref.name)) return ref.name;
    const other = shown.get(ref.name);
    if (other !== undefined && pending.has(other)) return other;
    if (facts.has(ref.name)) {
      pending.set(ref.name, {
        id: ref.name,
        label: ref.name,
        where: ref.at,
        formula: { kind: 'recorded', fact: ref },
      });
      return ref.name;
    }
    if (!reported.has(ref.at.node)) {
      problem(ref.at, 'E301', `no statement defines the figure "${ref.name}"`, {
        help: suggestion(ref.name, [...pending.keys(), ...shown.keys()]),
      });
    }
    reported.add(ref.at.node);
    return undefined;
  };
}

export function conceptsOf(
  pending: ReadonlyMap<string, ConceptDraft>,
  resolve: Resolve,
  facts: ReadonlySet<string>,
): ReadonlyMap<string, Concept> {
  const concepts = new Map<string, Concept>();
  const path: string[] = [];

  const define = (id: string): Concept | undefined => {
    const known = concepts.get(id);
    if (known) return known;
    const each = pending.get(id);
    if (!each) return undefined;
    const from = path.indexOf(id);
    if (from >= 0) {
      problem(
        each.where,
        'E304',
        `figure ${id} is defined by itself: ${[...path.slice(from), id].join(' → ')}`,
      );
      return undefined;
    }
    path.push(id);
    const formula = formulaOf(each);
    path.pop();
    const { source } = each.where.yaml;
    const concept: Concept = {
      id,
      label: each.label,
      formula,
      at: { file: source.file, line: lineAt(source, each.where.span.start) },
    };
    concepts.set(id, concept);
    return concept;
  };

  /** Stock or flow; undefined for what is neither (recorded, quotient, change). */
  const timeKind = (concept: Concept | undefined): 'stock' | 'flow' | undefined =>
    concept && 'measure' in concept.formula ? concept.formula.measure : undefined;

  const formulaOf = ({ id, formula }: ConceptDraft): ConceptFormula => {
    switch (formula.kind) {
      case 'selection':
        return formula;
      case 'recorded': {
        const { name: fact, at } = formula.fact;
        if (fact !== '' && !facts.has(fact)) {
          problem(at, 'E301', `no fact "${fact}" is recorded`, {
            help: suggestion(fact, facts, 'facts are recorded in facts.yaml'),
          });
        }
        return { kind: 'recorded', fact };
      }
      case 'quotient': {
        const [numerator, denominator] = [
          resolve(formula.numerator) ?? '',
          resolve(formula.denominator) ?? '',
        ];
        define(numerator);
        define(denominator);
        return { kind: 'quotient', numerator, denominator };
      }
      case 'change': {
        const of = resolve(formula.figure) ?? '';
        define(of);
        return { kind: 'change', of, since: formula.since };
      }
      case 'sum': {
        let measure: 'stock' | 'flow' | undefined;
        let first = '';
        const of = formula.of.flatMap((ref) => {
          const concept = resolve(ref);
          if (concept === undefined) return [];
          const kind = timeKind(define(concept));
          if (kind !== undefined && measure !== undefined && kind !== measure) {
            problem(ref.at, 'E107', `${id} adds ${concept}, a ${kind}, to ${first}, a ${measure}`, {
              help: 'a sum adds figures of the same time: flows over a period, or stocks at a day',
            });
          } else if (kind !== undefined && measure === undefined) [measure, first] = [kind, concept];
          return [{ concept, times: ref.times }];
        });
        return { kind: 'sum', of, measure: measure ?? 'flow' };
      }
    }
  };

  // A recorded fact that is used as a figure joins `pending` while it is walked, and is then walked too.
  for (const id of pending.keys()) define(id);
  return concepts;
}

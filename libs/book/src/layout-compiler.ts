/**
 * From drafts of statements to layouts, and the figures that they define.
 *
 * A figure is defined once. Names are resolved when all statements are read, so that a statement may show what a later
 * one defines.
 */
import type { Chart } from '@tieout/ledger';
import type { Concept, Layout } from '@tieout/statements';
import type { Footing } from './book';
import { conceptDrafts, type ConceptDraft } from './concept-drafts';
import { conceptsOf, resolver } from './concept-resolver';
import { once } from './ids';
import type { StatementDraft } from './layout-reader';
import { matrixBlocks } from './matrix';
import { lineAt } from './source';
import { table, type Compiling } from './table';
import { problem } from './yaml-fields';

export interface CompiledLayouts {
  readonly layouts: readonly Layout[];
  readonly concepts: ReadonlyMap<string, Concept>;
  readonly footings: readonly Footing[];
}

export function compileLayouts(
  drafts: readonly StatementDraft[],
  chart: Chart,
  facts: ReadonlySet<string>,
): CompiledLayouts {
  checkNames(drafts);
  const pending = new Map<string, ConceptDraft>();
  for (const draft of drafts) {
    for (const each of conceptDrafts(draft)) {
      const earlier = pending.get(each.id);
      if (each.id === '') continue;
      // Of one file, its line has been reported as declared twice.
      if (earlier && earlier.where.yaml === each.where.yaml) continue;
      if (earlier) {
        const { source } = earlier.where.yaml;
        const help = `show it with  figure: ${each.id}  instead; it is defined in ${source.file}:${lineAt(source, earlier.where.span.start)}`;
        problem(each.where, 'E108', `figure ${each.id} is defined twice`, { help });
      } else pending.set(each.id, each);
    }
  }
  const resolve = resolver(drafts, pending, facts);
  const concepts = conceptsOf(pending, resolve, facts);
  const footings: Footing[] = [];
  const layouts = drafts.map((draft) => layoutOf(draft, { chart, concepts, resolve, footings }));
  return { layouts, concepts, footings };
}

function checkNames(drafts: readonly StatementDraft[]): void {
  const [statements, commands] = [new Set<string>(), new Set<string>()];
  for (const { id, command, fields, columns, lines } of drafts) {
    once(statements, id, () => problem(fields.at('statement'), 'E108', `statement ${id} is declared twice`));
    once(commands, command ?? '', () =>
      problem(fields.at('command'), 'E108', `command ${command} is declared twice`),
    );
    const [columnIds, lineIds] = [new Set<string>(), new Set<string>()];
    for (const column of columns) {
      once(columnIds, column.id, () =>
        problem(column.fields.at('id'), 'E108', `column ${column.id} is declared twice`),
      );
    }
    for (const line of lines) {
      once(lineIds, line.id, () =>
        problem(line.fields.at('id'), 'E108', `line ${line.id} is declared twice`),
      );
    }
  }
}

function layoutOf(draft: StatementDraft, compiling: Compiling): Layout {
  const periods = draft.periods.flatMap(
    (id) => compiling.chart.periods.find((period) => period.id === id) ?? [],
  );
  const { id, command, title, heading, unit, decimals, shape } = draft;
  const blocks =
    shape === 'matrix' ? matrixBlocks(draft, periods, compiling) : [table(draft, periods, compiling)];
  return { id, ...(command === undefined ? {} : { command }), title, heading, unit, decimals, shape, blocks };
}

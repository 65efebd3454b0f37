/**
 * The files that a what-if leaves where one is asked for: the scenario, to be run again (`-o FILE.yaml`), a chart
 * (`-o FILE.svg`), its entries, to be reviewed and posted (`--promote FILE.yaml`).
 *
 * Invariant: a scenario that is saved and run again changes what the shown one changes; this is tried before it is written.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { scenarioContext, suggestion } from '@tieout/answers';
import { entriesToYaml, readScenarioText, scenarioToYaml } from '@tieout/book';
import { LedgerError, refuse } from '@tieout/events';
import { asEntry, patchOf, waterfall, type Change, type Simulation, type WhatIf } from '@tieout/what-if';
import type { Session } from '../session';
import type { WhatIfOptions } from './whatif';

export function writeFiles(
  session: Session,
  asked: WhatIf,
  simulation: Simulation,
  { out, promote, bridge: figure }: WhatIfOptions,
): void {
  const { io } = session;
  const write = (file: string, text: string, more = ''): void => {
    writeFileSync(resolve(io.cwd, file), text);
    io.tell(`written: ${file}${more}`);
  };
  if (out?.endsWith('.svg'))
    write(out, waterfall(simulation, changeOf(simulation, figure ?? headline(simulation))));
  else if (out !== undefined) write(out, savedScenario(session, asked, simulation, out));
  if (promote !== undefined) {
    const entries = promoted(simulation);
    write(
      promote,
      `# Entries of the scenario ${simulation.scenario.id}: review them, then tieout post. Nothing is posted yet.\n${entriesToYaml(entries, session.book)}`,
      `, ${entries.length} entries to review; nothing is posted`,
    );
  }
}

/** The scenario as text. Refuses what one file cannot say: scenarios that build on each other, or follow different rules. */
function savedScenario(session: Session, asked: WhatIf, simulation: Simulation, out: string): string {
  const { scenario } = simulation;
  const id = out.replace(/^.*\//, '').replace(/\.ya?ml$/, '');
  const [first, ...others] = simulation.applied.map(({ stage }) => stage?.rules ?? scenario.rules);
  const oneRule = others.every((rules) => JSON.stringify(rules) === JSON.stringify(first));
  const text = scenarioToYaml(
    { ...scenario, id, title: scenario.title === 'unsaved' ? id : scenario.title, rules: first ?? {} },
    session.book,
  );
  if (!oneRule || !changesTheSame(session, asked, simulation, text))
    refuse('E602', 'these scenarios build on each other, which one file cannot say', {
      help: 'save each of them alone, and name the files together',
    });
  return text;
}

function changesTheSame(session: Session, asked: WhatIf, { changes }: Simulation, text: string): boolean {
  try {
    const again = asked.simulate(readScenarioText(text, 'the saved scenario', scenarioContext(session)));
    return JSON.stringify(patchOf(again.changes)) === JSON.stringify(patchOf(changes));
  } catch (error) {
    if (error instanceof LedgerError) return false;
    throw error;
  }
}

/** The entries of a scenario in the shape of posted ones. Refuses a scenario that has none. */
function promoted({ scenario, entries }: Simulation) {
  return entries.length > 0
    ? entries.map((entry) => ({ ...asEntry(entry), id: `${scenario.id}-${entry.id}` }))
    : refuse('E602', `the scenario ${scenario.id} makes no entries`, {
        help: 'a fact that is no money is replaced, not posted: there is nothing to review',
      });
}

/** The figure of a chart that names none: the bottom line, or what changes first. */
const headline = ({ changes }: Simulation): string =>
  changes.find(({ fact }) => fact.startsWith('is.loss@'))?.fact ?? changes[0]?.fact ?? '';

/** A figure that the scenario changes; refuses (E705) one that it does not. */
export function changeOf({ changes, base }: Simulation, figure: string): Change {
  const found = changes.find(({ fact }) => fact === figure);
  if (found) return found;
  const names = changes.map(({ fact }) => fact);
  const id = figure.slice(0, figure.lastIndexOf('@'));
  return refuse(
    'E705',
    base.concepts.has(id) ? `the scenario does not change ${figure}` : `no figure "${figure}"`,
    { help: suggestion(figure, names, 'tieout whatif … --all shows what it changes') },
  );
}

/**
 * The files that a what-if leaves where one is asked for: the scenario, to be run again (`-o FILE.yaml`), a chart
 * (`-o FILE.svg`), its entries, to be reviewed and posted (`--promote FILE.yaml`).
 *
 * Invariant: a scenario that is saved and run again changes what the shown one changes; this is tried before it is written.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { changedFigure, savedScenario } from '@tieout/answers';
import { entriesToYaml } from '@tieout/book';
import { refuse } from '@tieout/events';
import { asEntry, waterfall, type Simulation, type WhatIf } from '@tieout/what-if';
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
    write(out, waterfall(simulation, changedFigure(simulation, figure ?? headline(simulation))));
  else if (out !== undefined) write(out, savedScenario(session, asked, simulation, nameOf(out)));
  if (promote !== undefined) {
    const entries = promoted(simulation);
    write(
      promote,
      `# Entries of the scenario ${simulation.scenario.id}: review them, then tieout post. Nothing is posted yet.\n${entriesToYaml(entries, session.book)}`,
      `, ${entries.length} entries to review; nothing is posted`,
    );
  }
}

/** A scenario is named as its file. */
const nameOf = (file: string): string => file.replace(/^.*\//, '').replace(/\.ya?ml$/, '');

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

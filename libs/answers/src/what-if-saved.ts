/** A what-if as the text of a file: to be reviewed, kept and run again. */
import { readScenarioText, scenarioToYaml } from '@tieout/book';
import { LedgerError, refuse } from '@tieout/events';
import { patchOf, type Simulation, type WhatIf } from '@tieout/what-if';
import type { Session } from './session';
import { scenarioContext } from './what-if';

/**
 * The scenario as the text of a file, which changes what the shown one changes: this is tried. Refuses (E602) what one file
 * cannot say: scenarios that build on each other, or follow different rules.
 */
export function savedScenario(
  session: Pick<Session, 'book'>,
  asked: WhatIf,
  simulation: Simulation,
  id: string,
): string {
  const { scenario } = simulation;
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

function changesTheSame(
  session: Pick<Session, 'book'>,
  asked: WhatIf,
  { changes }: Simulation,
  text: string,
): boolean {
  try {
    const again = asked.simulate(readScenarioText(text, 'the saved scenario', scenarioContext(session)));
    return JSON.stringify(patchOf(again.changes)) === JSON.stringify(patchOf(changes));
  } catch (error) {
    if (error instanceof LedgerError) return false;
    throw error;
  }
}

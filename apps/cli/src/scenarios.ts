/**
 * The scenarios that a command line names: of the book, or of a file.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { scenarioContext, scenarioOfBook } from '@tieout/answers';
import { readScenarioText } from '@tieout/book';
import type { Scenario } from '@tieout/what-if';
import type { Session } from './session';

/** A scenario of the book by its id, or of a file. */
export function scenarioOf(session: Session, asked: string): Scenario {
  const own = session.book.scenarios.some(({ id }) => id === asked);
  const file = resolve(session.io.cwd, asked);
  if (!own && /\.ya?ml$/.test(asked) && existsSync(file))
    return readScenarioText(readFileSync(file, 'utf8'), asked, scenarioContext(session));
  return scenarioOfBook(session, asked);
}

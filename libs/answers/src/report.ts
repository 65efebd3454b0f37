/** The documents of a report of the whole book: its statements, their bridges, what was found, and every figure followed down. */
import type { BridgeDocument, ReportDocuments } from '@tieout/documents';
import { LedgerError } from '@tieout/events';
import { bridgeDocument, bridgeNames } from './bridges';
import { checkDocument } from './check';
import { explainDocument } from './explain';
import type { Session } from './session';
import { statementDocument } from './statement';

export async function reportDocuments(session: Session): Promise<ReportDocuments> {
  const { book, revision, basis } = session;
  const statements = book.layouts.map(({ id }) => statementDocument(session, id));
  const cells = statements.flatMap(({ lines }) => lines.flatMap(({ figures }) => figures));
  const facts = new Set(cells.flatMap((fact) => fact ?? []));
  const explanations = [];
  for (const fact of facts) {
    await othersFirst();
    const explained = await explainedOrNot(session, fact);
    if (explained) explanations.push(explained);
  }
  return {
    ...{ entity: book.entity, title: book.title, book: book.id, revision, basis, statements },
    bridges: bridgeNames.flatMap((name) => bridgeOrNot(session, name)),
    check: await checkDocument(session, {}),
    explanations,
  };
}

/** A server that makes a report has others to answer in between. */
const othersFirst = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A book need not have the statement that a bridge is read off. */
function bridgeOrNot(session: Session, name: string): readonly BridgeDocument[] {
  return unlessRefused(() => [bridgeDocument(session, name)]) ?? [];
}

/** What a statement shows and the document does not print has nothing behind it to follow. */
async function explainedOrNot(session: Session, fact: string) {
  try {
    return await explainDocument(session, fact);
  } catch (error) {
    if (error instanceof LedgerError) return undefined;
    throw error;
  }
}

function unlessRefused<Made>(make: () => Made): Made | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof LedgerError) return undefined;
    throw error;
  }
}

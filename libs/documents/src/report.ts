/**
 * What a report of the whole book is made of: documents that there are anyway, of one revision. It is no document of its
 * own; `tieout export html` prints it as a page.
 */
import type { BridgeDocument } from './bridge';
import type { CheckDocument } from './check';
import type { ExplainDocument } from './explain';
import type { StatementDocument } from './statement';

export interface ReportDocuments {
  readonly entity: string;
  readonly title: string;
  readonly book: string;
  readonly revision: number;
  readonly basis: string;
  readonly statements: readonly StatementDocument[];
  readonly bridges: readonly BridgeDocument[];
  readonly check: CheckDocument;
  /** Of every fact that a statement shows. */
  readonly explanations: readonly ExplainDocument[];
}

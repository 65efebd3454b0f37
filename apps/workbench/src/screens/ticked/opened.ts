/**
 * The document that the reader has opened: their own text, held in memory while the page is there, and never stored. It is
 * sent to the server to be ticked, which does not keep it either.
 */
import type { TickDocument } from '@tieout/documents';
import { source } from '../../shell/source';

export interface Opened {
  readonly name: string;
  readonly text: string;
  /** Undefined while it is being ticked. */
  readonly ticks?: TickDocument;
}

/** As much as the server takes. */
export const MAX_BYTES = 8 * 1024 * 1024;

export const opened = source<Opened | undefined>(undefined);

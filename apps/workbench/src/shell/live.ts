/**
 * The head of the log as it moves: whoever posts, here or on the command line, every open workbench knows at once.
 */
import { useEffect } from 'react';
import { announce } from './announce';
import { queries } from './documents';
import { source } from './source';

export interface Live {
  /** The revision that the server last spoke of. */
  readonly revision?: number;
  readonly connected: boolean;
}

const live = source<Live>({ connected: true });

export const useLive = live.use;

/** Hears of new revisions of the book while it is shown; all documents are asked again when there is one. */
export function useLiveBook(book: string): void {
  useEffect(() => {
    if (book === '') return;
    const stream = new EventSource(`/api/v1/books/${encodeURIComponent(book)}/live`);
    let known: number | undefined;
    stream.addEventListener('open', () => live.set({ ...live.get(), connected: true }));
    // Closed: the server answered, and has no such stream. It says why to whoever asks for a document.
    stream.addEventListener('error', () =>
      live.set({ ...live.get(), connected: stream.readyState === EventSource.CLOSED }),
    );
    stream.addEventListener('revision', ({ data }: MessageEvent<string>) => {
      const { revision } = JSON.parse(data) as { revision: number };
      if (known !== undefined && revision !== known) {
        announce(`Revision ${revision} is new`);
        void queries.invalidateQueries();
      }
      known = revision;
      live.set({ revision, connected: true });
    });
    return () => {
      stream.close();
      live.set({ connected: true });
    };
  }, [book]);
}

/** The book at hand, and the books there are. */
import { useDocument, type Asked } from './documents';
import { usePlace } from './place';

/** What `GET /books/{book}` says. */
export interface BookInHand {
  readonly id: string;
  readonly entity: string;
  readonly title: string;
  readonly currency: string;
  readonly amountUnit: string;
  readonly periods: readonly { readonly id: string; readonly label: string; readonly to: string }[];
  readonly statements: readonly {
    readonly id: string;
    readonly command?: string | undefined;
    readonly title: string;
  }[];
  readonly revision: number;
  /** Of the log as it is now, whatever the axes are. */
  readonly head: string;
  readonly basis: string;
  readonly readOnly: boolean;
  readonly who: { readonly name: string; readonly roles: readonly string[]; readonly local: boolean };
}

export interface Books {
  readonly books: readonly { readonly id: string; readonly entity: string; readonly title: string }[];
}

export const useBooks = (): Asked<Books> => useDocument<Books>('/books');

/** The book of the place; undefined until it is known. */
export function useBook(): BookInHand | undefined {
  const { book } = usePlace();
  return useDocument<BookInHand>(book === '' ? undefined : `/books/${encodeURIComponent(book)}`).data;
}

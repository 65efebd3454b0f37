/** The book at hand, and the books there are. */
import type { BookDocument, BookListDocument } from '@tieout/documents';
import { useDocument, type Asked } from './documents';
import { usePlace } from './place';

export const useBooks = (): Asked<BookListDocument> => useDocument<BookListDocument>('/books');

/** The book of the place as it is now, whatever the axes are; undefined until it is known. */
export const useBook = (): BookDocument | undefined => useBookAsked().data;

/** The same with what came of asking: an address may name a book that the server does not have. */
export function useBookAsked(): Asked<BookDocument> {
  const { book } = usePlace();
  return useDocument<BookDocument>(book === '' ? undefined : `/books/${encodeURIComponent(book)}`);
}

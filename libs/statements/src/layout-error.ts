/** A layout that cannot be evaluated: libs/book refuses such books, so this is a bug where it is thrown. */
export class LayoutError extends Error {
  override readonly name = 'LayoutError';
}

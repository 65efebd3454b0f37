/**
 * Names of people: two spellings that a reader takes for one name are one person.
 *
 * Invariant: whoever must be another person is another than every spelling of the first: four eyes are not two that squint.
 */

/** A name without case, width, accents' encoding and invisible signs, and with one space where there are many. */
const read = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toUpperCase()
    .toLowerCase();

/** Is it the same name, however it is written? Letters of two alphabets that look alike are told apart. */
export const isSamePerson = (one: string, other: string): boolean => read(one) === read(other);

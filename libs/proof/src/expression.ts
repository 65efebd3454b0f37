/**
 * Expressions of declared ties, over facts.
 *
 *     note10.net-book-amount[class=total]@2022-06-30 - cf.proceeds-of-ppe@2022H1
 *     (bs.borrowings@2022-06-30 - bs.cash@2022-06-30) / bs.equity@2022-06-30
 *
 * Grammar: facts and whole numbers, ` + `, ` - `, ` * ` between spaces, a leading `-`, parentheses; ` / ` once, with one
 * factor on either side, as the whole expression.
 */
import { add, multiply, scale, type Polynomial } from './polynomial';

/** One side of a tie: what it is, and what that stands over. */
export interface Side {
  readonly of: Polynomial;
  readonly over?: Polynomial;
}

export type Parsed = { readonly side: Side } | { readonly why: string };

/** The products are of fact ids. */
export function parseExpression(text: string): Parsed {
  // A parenthesis stands by itself; inside a name neither it nor a space can be.
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  let next = 0;

  const sum = (): Polynomial => {
    const parts: Polynomial[] = [];
    let factor = 1;
    if (tokens[next] === '-') {
      factor = -1;
      next += 1;
    }
    for (;;) {
      parts.push(scale(productOf(), factor));
      const operator = tokens[next];
      if (operator !== '+' && operator !== '-') return add(...parts);
      factor = operator === '-' ? -1 : 1;
      next += 1;
    }
  };
  const productOf = (): Polynomial => {
    let result = factorOf();
    while (tokens[next] === '*') {
      next += 1;
      result = multiply(result, factorOf());
    }
    return result;
  };
  const factorOf = (): Polynomial => {
    const token = tokens[next];
    next += 1;
    if (token === undefined) throw new Unreadable('it ends where a fact is due');
    if (token === '(') {
      const inner = sum();
      if (tokens[next] !== ')') throw new Unreadable('a parenthesis is not closed');
      next += 1;
      return inner;
    }
    if (/^\d{1,15}$/.test(token)) return [{ times: Number(token), of: [] }];
    if (/^-[^\s@]+@[^\s@]+$/.test(token)) return [{ times: -1, of: [token.slice(1)] }];
    if (!/^[^-+*/()\s@][^\s@]*@[^\s@]+$/.test(token)) {
      throw new Unreadable(`"${token}" is no fact, written CONCEPT@TIME, and no whole number`);
    }
    return [{ times: 1, of: [token] }];
  };

  try {
    const of = sum();
    if (tokens[next] !== '/') {
      if (next < tokens.length) throw new Unreadable(`"${tokens[next]}" stands where +, - or * is due`);
      return { side: { of } };
    }
    next += 1;
    if (!isOneFactor(tokens.slice(0, next - 1)))
      throw new Unreadable('"/" divides one factor: put what stands before it in parentheses');
    const over = factorOf();
    if (next < tokens.length) throw new Unreadable('"/" makes a whole side: nothing may follow the divisor');
    return { side: { of, over } };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { why: error.message };
  }
}

/** A fact, a number, or all of it within one pair of parentheses. */
function isOneFactor(tokens: readonly string[]): boolean {
  if (tokens.length === 1) return true;
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (depth === 0 && index < tokens.length - 1) return false;
  }
  return true;
}

class Unreadable extends Error {}

/** The facts that an expression names, for whoever reads a book; none where it cannot be read. */
export function factsIn(text: string): readonly string[] {
  const parsed = parseExpression(text);
  if ('why' in parsed) return [];
  const { of, over = [] } = parsed.side;
  return [...new Set([...of, ...over].flatMap((monomial) => monomial.of))];
}

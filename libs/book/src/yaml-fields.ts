/**
 * YAML read with places: mappings whose every key is known, and values that are what they must be.
 *
 * An unknown key is refused, because YAML itself turns `{ dr: 297,769 }` silently into `dr: 297` and a new key `769`;
 * that trap is recognised and explained. Numbers are read as they are written ("0123" keeps its nil), never through a
 * floating-point value.
 */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type YAMLMap,
} from 'yaml';
import type { ErrorCode } from '@tieout/events';
import { oneOf, report, suggestion, type Remarks, type Source, type Span } from './source';

export interface YamlFile {
  readonly source: Source;
  readonly document: Document;
}

/** A node with the file that it stands in. */
export interface At {
  readonly yaml: YamlFile;
  readonly node: Node | null;
  /** Where it stands, or would stand. */
  readonly span: Span;
}

const helpByYamlCode: Readonly<Record<string, string>> = {
  BAD_INDENT: 'check the indentation, and that the brace or bracket of the line above is closed',
  MISSING_CHAR: 'close what is open: a quote, a brace, a bracket',
  TAB_AS_INDENT: 'indent with spaces',
  BAD_SCALAR_START: 'put the value in quotes',
  MULTIPLE_DOCS: 'one document a file: take out the line ---',
};

/** The document of a file; when it is malformed, its first mistake is reported (others mostly follow from it). */
export function parseYaml(source: Source): YamlFile | undefined {
  const document = parseDocument(source.text, {
    lineCounter: new LineCounter(),
    uniqueKeys: false,
    prettyErrors: false,
  });
  const mistake = document.errors[0] ?? document.warnings[0];
  if (!mistake) return { source, document };
  const [start, end] = mistake.pos;
  const message = mistake.message.replace(/\s+/g, ' ');
  report(source, { start, end }, 'E103', `malformed YAML: ${message}`, {
    above: 1,
    help: helpByYamlCode[mistake.code],
  });
  return undefined;
}

export function rootOf(yaml: YamlFile): At {
  return at(yaml, yaml.document.contents, { start: 0, end: 1 });
}

function at(yaml: YamlFile, node: unknown, otherwise: Span): At {
  const resolved = isAlias(node) ? node.resolve(yaml.document) : node;
  const found = isMap(resolved) || isSeq(resolved) || isScalar(resolved) ? resolved : null;
  const range = (isAlias(node) ? node : found)?.range;
  return {
    yaml,
    node: found,
    span: range ? { start: range[0], end: Math.max(range[1], range[0] + 1) } : otherwise,
  };
}

export function problem(where: At, code: ErrorCode, message: string, remarks?: Remarks): void {
  report(where.yaml.source, where.span, code, message, remarks);
}

/** What is written, without quotes; undefined for a collection and for nothing. What is in quotes keeps its spaces. */
export function scalarText({ node }: At): string | undefined {
  if (!isScalar(node) || node.value === null) return undefined;
  const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
  return node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? text : text.trim();
}

export const isList = ({ node }: At): boolean => isSeq(node);
export const isMapping = ({ node }: At): boolean => isMap(node);

/** The elements of a list; a single value is a list of one. */
export function elements(where: At): readonly At[] {
  const { node, yaml, span } = where;
  if (isSeq(node)) return node.items.map((item) => at(yaml, item, span));
  return [where];
}

/** The pairs of a mapping with free keys (dimension members, `same`). */
export function pairs(
  where: At,
): readonly { readonly key: string; readonly keyAt: At; readonly value: At }[] {
  const { node, yaml, span } = where;
  if (!isMap(node)) {
    problem(where, 'E107', 'names and values are needed here, like { name: value }');
    return [];
  }
  return node.items.map((pair) => {
    const keyAt = at(yaml, pair.key, span);
    return { key: scalarText(keyAt) ?? '', keyAt, value: at(yaml, pair.value, keyAt.span) };
  });
}

/** The keys of one mapping. Values that are missing or wrong are reported and read as a stand-in: '', [] or undefined. */
export interface Fields {
  readonly where: At;
  has(key: string): boolean;
  /** The place of the value, or of the mapping when there is none. */
  at(key: string): At;
  /** A text that must be there; '' when it is not. */
  text(key: string): string;
  maybeText(key: string): string | undefined;
  word<W extends string>(key: string, words: readonly W[]): W | undefined;
  maybeWord<W extends string>(key: string, words: readonly W[]): W | undefined;
  flag(key: string): boolean;
  /** A whole number, not negative. */
  maybeCount(key: string): number | undefined;
  /** One text or a list of them; undefined when the key is absent. */
  maybeTexts(key: string): readonly { readonly text: string; readonly at: At }[] | undefined;
  /** The elements of a list that must be there. */
  list(key: string): readonly At[];
  /** Keys that were not among those known, with their values. */
  readonly others: readonly { readonly key: string; readonly keyAt: At; readonly value: At }[];
  /** Was this key's value cut apart by a thousands separator, and reported? */
  cut(key: string): boolean;
}

interface FieldRules {
  /** For messages: "entry", "posting". */
  readonly what: string;
  readonly keys: readonly string[];
  /** Leave unknown keys to the caller (`others`), who knows more names. */
  readonly open?: boolean;
}

/** The fields of a mapping; undefined, and reported, when it is not one. */
export function fieldsOf(where: At, { what, keys, open = false }: FieldRules): Fields | undefined {
  const { node } = where;
  if (!isMap(node)) {
    problem(where, 'E107', `${article(what)} is needed here: keys and values`);
    return undefined;
  }
  const known = new Map<string, At>();
  const others: { key: string; keyAt: At; value: At }[] = [];
  const cuts = cutNumbers(where, node);
  for (const [index, { key, keyAt, value }] of pairs(where).entries()) {
    if (cuts.pieces.has(index)) continue;
    if (keys.includes(key)) {
      if (known.has(key))
        problem(keyAt, 'E108', `${what}: the key "${key}" stands twice`, { help: 'keep one of them' });
      known.set(key, value);
    } else {
      others.push({ key, keyAt, value });
      if (!open) {
        const help = suggestion(key, keys) ?? `the keys of ${article(what)} are ${keys.join(', ')}`;
        problem(keyAt, 'E102', `${what}: unknown key "${key}"`, { help });
      }
    }
  }

  const valueAt = (key: string): At => known.get(key) ?? where;
  const wrong = (key: string, wanted: string): void =>
    problem(valueAt(key), 'E107', `${what}: "${key}" must be ${wanted}`);
  const present = (key: string): boolean => {
    const value = known.get(key);
    return value !== undefined && value.node !== null && !(isScalar(value.node) && value.node.value === null);
  };
  const needed = (key: string): boolean => {
    if (present(key)) return true;
    problem(valueAt(key), 'E107', `${what}: "${key}" is missing`);
    return false;
  };
  const maybeText = (key: string): string | undefined => {
    if (!present(key)) return undefined;
    const text = scalarText(valueAt(key));
    if (text === undefined || text === '') wrong(key, 'a text');
    return text;
  };
  const maybeWord = <W extends string>(key: string, words: readonly W[]): W | undefined => {
    const text = maybeText(key);
    const word = words.find((each) => each === text);
    if (text !== undefined && text !== '' && word === undefined) {
      problem(valueAt(key), 'E107', `${what}: "${key}" cannot be ${text}`, { help: oneOf(text, words) });
    }
    return word;
  };

  return {
    where,
    others,
    has: present,
    at: valueAt,
    text: (key) => (needed(key) ? (maybeText(key) ?? '') : ''),
    maybeText,
    word: (key, words) => (needed(key) ? maybeWord(key, words) : undefined),
    maybeWord,
    flag(key) {
      const text = maybeText(key);
      if (text !== undefined && text !== 'true' && text !== 'false') wrong(key, 'true or false');
      return text === 'true';
    },
    maybeCount(key) {
      const text = maybeText(key);
      if (text === undefined) return undefined;
      if (/^\d{1,9}$/.test(text)) return Number(text);
      wrong(key, 'a whole number');
      return undefined;
    },
    maybeTexts(key) {
      if (!present(key)) return undefined;
      const texts = elements(valueAt(key)).flatMap((each) => {
        const text = scalarText(each);
        return text === undefined || text === '' ? [] : [{ text, at: each }];
      });
      if (texts.length < elements(valueAt(key)).length) wrong(key, 'a text or a list of texts');
      return texts;
    },
    list(key) {
      if (!needed(key)) return [];
      if (isSeq(valueAt(key).node)) return elements(valueAt(key));
      wrong(key, 'a list');
      return [];
    },
    cut: (key) => cuts.keys.has(key),
  };
}

const article = (noun: string): string => (/^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`);

/**
 * `{ dr: 297,769 }` is `dr: 297` and a key 769 without a value; `{ cr: (481,300) }` is `cr: (481` and a key `300)`.
 * Finds such keys, and reports each number once.
 */
function cutNumbers(
  where: At,
  map: YAMLMap,
): { readonly pieces: ReadonlySet<number>; readonly keys: ReadonlySet<string> } {
  const pieces = new Set<number>();
  const keys = new Set<string>();
  if (!map.flow) return { pieces, keys };
  const all = pairs(where);
  const isPiece = (index: number): boolean => {
    const pair = all[index];
    return pair !== undefined && pair.value.node === null && /^\d{3}\)?$/.test(pair.key);
  };
  for (const [index, { key, value }] of all.entries()) {
    const first = scalarText(value);
    if (first === undefined || !/^[-+(]?\d{1,3}$/.test(first) || !isPiece(index + 1)) continue;
    const groups = [first];
    let end = value.span.end;
    for (let next = index + 1; isPiece(next); next++) {
      pieces.add(next);
      groups.push(all[next]!.key);
      end = all[next]!.keyAt.span.end;
    }
    keys.add(key);
    const written = groups.join(',');
    const digits = written.replace(/[^\d,]/g, '');
    const reads = `YAML reads this as ${key}: ${first} and a new key "${groups[1]}"`;
    const span = { start: value.span.start, end };
    if (/[()]/.test(written)) {
      report(where.yaml.source, span, 'E105', `cannot read ${written} as an amount`, {
        hint: reads,
        notes: ['parentheses are refused: the side, dr or cr, carries the sign'],
        help: `write dr: "${digits}" or cr: "${digits}"`,
      });
    } else {
      report(where.yaml.source, span, 'E104', `thousands separator outside quotes: ${key}: ${written}`, {
        hint: reads,
        help: `write ${key}: "${digits}" or ${key}: ${digits.replaceAll(',', '')}`,
      });
    }
  }
  return { pieces, keys };
}

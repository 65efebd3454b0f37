/**
 * A book folder: its files, their hashes, and the book that they make.
 *
 *     book.yaml  accounts.csv  movements.csv  journal/*.yaml  facts.yaml  confirmations.yaml  explanations.yaml
 *     statements/*.yaml  figures/*.csv  claims.csv  ties.yaml
 *
 * All files are read once; what is compiled is what was hashed. Hashing alone is cheap, so a compiled book can be kept
 * beside the hashes and read back (`bookFromJson`) while they stay the same.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LedgerError, sha256, type Problem } from '@tieout/events';
import { noDrivers } from '@tieout/what-if';
import { structureHashOf, type Book, type BookFile, type JournalFile } from './book';
import { chartOf, readAccounts, readMovements } from './chart-reader';
import { readClaims, readExplanations, readTies } from './declared-reader';
import { readConfirmations, readFacts } from './facts-reader';
import { readFigures } from './figures-reader';
import { readDrivers } from './drivers-reader';
import { readHead, type BookHead, type NamedFile } from './head-reader';
import { readJournal } from './journal-reader';
import { compileLayouts } from './layout-compiler';
import { readStatement } from './layout-reader';
import { checkReversals } from './reversals';
import { readScenarios } from './scenario-reader';
import { sourceOf, suggestion, type Source } from './source';
import { parseYaml, problem } from './yaml-fields';

interface FolderFile extends BookFile {
  readonly bytes: Buffer;
}

/** YAML and CSV files of the folder and its subfolders, in order of path; hidden ones are left alone. */
function readFolder(dir: string): readonly FolderFile[] {
  const files: FolderFile[] = [];
  const walk = (below: string): void => {
    for (const entry of readdirSync(join(dir, below), { withFileTypes: true })) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      if (entry.isDirectory()) walk(path);
      else if (/\.(ya?ml|csv)$/.test(entry.name)) {
        const bytes = readFileSync(join(dir, path));
        files.push({ path, sha256: sha256(bytes), bytes });
      }
    }
  };
  try {
    walk('');
  } catch (error) {
    throw new LedgerError([
      { code: 'E101', message: `cannot read the book folder ${dir}: ${reasonOf(error)}`, at: { file: dir } },
    ]);
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The files of a book with the hashes of their bytes: the same as long as the book is. Throws LedgerError (E101). */
export function hashBookFiles(dir: string): readonly BookFile[] {
  return readFolder(dir).map(({ path, sha256: hash }) => ({ path, sha256: hash }));
}

/** Reads and checks a book. Throws LedgerError with everything that is wrong, places relative to where `dir` is. */
export function readBook(dir: string): Book {
  try {
    return compileBook(readFolder(dir));
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw new LedgerError(
      error.problems.map((each) =>
        each.at && each.at.file !== dir
          ? { ...each, at: { ...each.at, file: join(dir, each.at.file) } }
          : each,
      ),
    );
  }
}

/** The texts of a folder by path, and the problems found in them so far. */
interface Reading {
  readonly files: readonly FolderFile[];
  readonly problems: Problem[];
}

function sourceFor({ files, problems }: Reading, path: string, namedAt?: NamedFile): Source | undefined {
  const file = files.find((each) => each.path === path);
  if (file) {
    try {
      return sourceOf(file.path, new TextDecoder('utf-8', { fatal: true }).decode(file.bytes), problems);
    } catch {
      problems.push({
        code: 'E101',
        message: `${path} is not UTF-8 text`,
        at: { file: path },
        help: 'save it as UTF-8',
      });
      return undefined;
    }
  }
  const help = suggestion(
    path,
    files.map((each) => each.path),
  );
  if (namedAt) problem(namedAt.at, 'E101', `the book names ${path}, which is not there`, { help });
  else
    problems.push({
      code: 'E101',
      message: `a book needs ${path}, which is not there`,
      at: { file: path },
      ...(help === undefined ? {} : { help }),
    });
  return undefined;
}

function compileBook(files: readonly FolderFile[]): Book {
  const problems: Problem[] = [];
  const reading: Reading = { files, problems };
  const head = headOf(reading);
  const yamlOf = (named: NamedFile) => {
    const source = sourceFor(reading, named.file, named);
    return source && parseYaml(source);
  };

  const accountsSource = sourceFor(reading, 'accounts.csv');
  const movementsSource = sourceFor(reading, 'movements.csv');
  const accounts = accountsSource && readAccounts(accountsSource, head.dimensions);
  const movements = movementsSource && readMovements(movementsSource);
  const statementFiles = head.statements.map(yamlOf);
  const journalFiles = head.periods.map(({ journal }) => journal && yamlOf(journal));
  const factsFile = head.facts && yamlOf(head.facts);
  const confirmationsFile = head.confirmations && yamlOf(head.confirmations);
  const explanationsFile = head.explanations && yamlOf(head.explanations);
  const tiesFile = head.ties && yamlOf(head.ties);
  const claimsSource = head.claims && sourceFor(reading, head.claims.file, head.claims);
  // Without its vocabulary nothing else can be judged.
  if (!accounts || !movements) throw new LedgerError(problems);

  const chart = chartOf(head, accounts, movements);
  const facts = factsFile ? readFacts(factsFile, chart) : [];
  const drafts = statementFiles.flatMap(
    (yaml) => (yaml && readStatement(yaml, chart, head.amountUnit.text)) ?? [],
  );
  const soundLayouts = drafts.length === head.statements.length;
  const { layouts, concepts, footings } = compileLayouts(
    soundLayouts ? drafts : [],
    chart,
    new Set(facts.map(({ fact }) => fact)),
  );
  const seen = new Set<string>();
  const figures = head.figures.flatMap((named) => {
    const source = sourceFor(reading, named.file, named);
    // A statement that could not be read has no cells: its figures are not at fault.
    return source && soundLayouts ? readFigures(source, { chart, layouts, concepts, seen }) : [];
  });
  // Likewise what names figures that it defines.
  const named = soundLayouts ? { chart, concepts } : undefined;
  const claims = claimsSource && named ? readClaims(claimsSource, { ...named, figures }) : [];
  const ties = tiesFile && named ? readTies(tiesFile, { ...named, figures }) : [];
  const entryIds = new Set<string>();
  const journal = head.periods.map((period, index): JournalFile => {
    const yaml = journalFiles[index];
    if (!yaml) return { period: period.id, entries: [], close: period.close };
    const entries = readJournal(yaml, {
      chart,
      amountUnit: head.amountUnit,
      period: period.id,
      seen: entryIds,
    });
    const { file } = yaml.source;
    return {
      period: period.id,
      file,
      sha256: files.find(({ path }) => path === file)?.sha256 ?? '',
      entries,
      close: period.close,
    };
  });
  checkReversals(journal, problems);
  const confirmations = confirmationsFile ? readConfirmations(confirmationsFile, figures) : [];
  const { actor, recordedAt } = head;
  const explanations =
    explanationsFile && named
      ? readExplanations(explanationsFile, { figures, claims, ties, by: { actor, recordedAt } })
      : [];
  // Both are found by their place: a book without them can be asked what it would be all the same, entry by entry.
  const whatIf = { chart, amountUnit: head.amountUnit, concepts: [...concepts.keys()] };
  const yamlAt = (path: string) => {
    const source = files.some((file) => file.path === path) ? sourceFor(reading, path) : undefined;
    return source && parseYaml(source);
  };
  const driversFile = yamlAt('drivers.yaml');
  const drivers = driversFile ? readDrivers(driversFile, whatIf) : noDrivers;
  const scenarioFiles = files
    .filter(({ path }) => /^scenarios\/[^/]+\.ya?ml$/.test(path))
    .flatMap(({ path }) => yamlAt(path) ?? []);
  const scenarios = readScenarios(scenarioFiles, whatIf);
  if (problems.length > 0) throw new LedgerError(inOrder(problems));

  const { id, entity, title, amountUnit, source } = head;
  const seeds = [head.facts, head.confirmations, head.explanations].map((each) => each?.file);
  const bookFiles = files.map(({ path, sha256: hash }) => ({ path, sha256: hash }));
  return {
    ...{ id, entity, title, chart, amountUnit, recordedAt, actor, ...(source ? { source } : {}) },
    ...{ layouts, concepts, footings, figures, ties, claims, journal, facts, confirmations, explanations },
    ...{ drivers, scenarios },
    structureHash: structureHashOf({ chart, layouts, concepts }),
    seedFiles: [...journal.map(({ file }) => file), ...seeds].flatMap((file) => {
      const found = bookFiles.find(({ path }) => path === file);
      return found ? [{ file: found.path, sha256: found.sha256 }] : [];
    }),
    files: bookFiles,
  };
}

/** book.yaml must be readable as a whole: it names everything else. */
function headOf(reading: Reading): BookHead {
  const source = sourceFor(reading, 'book.yaml');
  const yaml = source && parseYaml(source);
  const head = yaml && readHead(yaml);
  if (!head) throw new LedgerError(reading.problems);
  return head;
}

/** By file in order of first mention, then by place. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const files = [...new Set(problems.map(({ at }) => at?.file ?? ''))];
  const rank = ({ at }: Problem): number => files.indexOf(at?.file ?? '');
  return [...problems].sort(
    (a, b) =>
      rank(a) - rank(b) || (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.column ?? 0) - (b.at?.column ?? 0),
  );
}

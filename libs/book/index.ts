export { amountUnit, minorUnits, readAmount, writeAmount } from './src/amounts';
export type { AmountUnit } from './src/amounts';
export { bookFromJson, bookToJson, structureHashOf } from './src/book';
export type {
  Book,
  BookFile,
  Confirmation,
  Footing,
  JournalEntry,
  JournalFile,
  RecordedFact,
} from './src/book';
export { hashBookFiles, readBook } from './src/folder';
export { readEntries } from './src/journal-reader';
export type { JournalContext } from './src/journal-reader';
export { entriesToYaml } from './src/journal-writer';
export { checkProvenance, evaluateExpression, publishedAmounts } from './src/provenance';
export type { Evaluated } from './src/provenance';
export { readDifferences } from './src/sud-reader';
export { readScenarioText } from './src/scenario-reader';
export type { ScenarioContext } from './src/scenario-reader';
export { scenarioToYaml } from './src/scenario-writer';
export { periodStream, seedEvents } from './src/seed';
export type { SeedSegment } from './src/seed';

/** The table in docs/kurrentdb.md and the marks in the double name the same assumptions about the server. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

it('each assumption that the double encodes stands in the table, and the other way round', () => {
  const page = readFileSync(join(__dirname, '../../docs/kurrentdb.md'), 'utf8');
  const folder = join(__dirname, 'double');
  const code = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const told = [...page.matchAll(/^\| (A\d+) \|/gm)].map(([, id]) => id);
  const encoded = code.flatMap((text) => [...text.matchAll(/\bA\d+\b/g)].map(([id]) => id));
  expect(told.length).toBeGreaterThan(5);
  expect(new Set(told)).toEqual(new Set(encoded));
});

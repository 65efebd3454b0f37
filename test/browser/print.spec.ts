/**
 * On paper: every page of every statement says of what entity, period, unit and revision it is, and no page is empty.
 *
 * The text of the pages is read by pdftotext (Debian's poppler-utils): a program that shares no code with the browser.
 */
import { spawnSync } from 'node:child_process';
import { inBrowser, isFull, mustBeThere, reader, stands } from './chromium';
import { screenAt, serveBook, type Served } from './served';

/** The texts of the pages, with runs of space made one. */
function pagesOf(pdf: Buffer): readonly string[] {
  const { status, stdout, stderr, error } = spawnSync('pdftotext', ['-layout', '-', '-'], { input: pdf });
  if (error) throw error;
  expect({ status, said: stderr.toString() }).toEqual({ status: 0, said: '' });
  // A form feed ends each page.
  return stdout
    .toString()
    .split('\f')
    .slice(0, -1)
    .map((page) => page.replace(/\s+/g, ' ').trim());
}

/** Of each statement: what every page says of its time, and an amount that stands on paper as it does on the screen. */
const statements = {
  'income-statement': [/Six months ended 30 June 2022 and 2021/, '(3,207,988)'],
  'comprehensive-income': [/Six months ended 30 June 2022 and 2021/, '(1,893,618)'],
  'balance-sheet': [/ 30 June 2022 /, '36,666,655'],
  'changes-in-equity': [/Six months ended 30 June (2022|2021)/, '31,102,836'],
  'cash-flows': [/Six months ended 30 June 2022 and 2021/, '(1,848,149)'],
} as const;

const isInstalled = spawnSync('pdftotext', ['-v']).error === undefined;

inBrowser('on paper', () => {
  if (!isInstalled && !mustBeThere) {
    test('pdftotext is not installed', () => {
      process.stderr.write(
        '\n*** PDFTOTEXT IS NOT INSTALLED: no statement was read on paper (poppler-utils) ***\n\n',
      );
    });
    return;
  }

  let served: Served;
  beforeAll(async () => {
    served = await serveBook();
  }, 60_000);

  const printed = Object.entries(statements).slice(0, isFull ? undefined : 2);
  test.each(printed)('%s', async (id, [when, amount]) => {
    const { page } = await reader({ colorScheme: 'dark' });
    await page.goto(served.url + screenAt(`statements/${id}?figure=is.revenue%402022H1`));
    await stands(page);
    await page.locator('main#screen table').first().waitFor();
    const pages = pagesOf(await page.pdf({ preferCSSPageSize: true }));
    expect(pages.join(' ')).toContain(amount);
    for (const text of pages) {
      expect(text).toContain('SenseTime Group Inc. · ');
      expect(text).toMatch(when);
      expect(text).toContain("RMB'000");
      expect(text).toContain('reconstructed entries');
      expect(text).toContain('rev 237');
      // More than its head alone; and nothing that can only be clicked.
      expect(text.length).toBeGreaterThan(300);
      expect(text).not.toMatch(/Copy as|Settings|Inspector|Used by/);
    }
  });
});

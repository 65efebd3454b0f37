/**
 * The browser that the workbench is tried in: Debian's Chromium, driven by playwright-core, with nothing downloaded.
 *
 * Where it is not installed the suites say so, loudly, and hold nothing; in continuous integration that is a failure.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { source as axe } from 'axe-core';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Locator,
  type Page,
} from 'playwright-core';
import { inRoot } from '../support/command';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** TIEOUT_CHROMIUM, or the first of the usual names on the PATH. */
function program(): string | undefined {
  const { TIEOUT_CHROMIUM: given, PATH = '' } = process.env;
  const folders = PATH.split(delimiter);
  return (
    given ?? names.flatMap((name) => folders.map((each) => join(each, name))).find((each) => existsSync(each))
  );
}

export const isFull = process.env['TIEOUT_FULL'] === '1';

/** Where a program that is missing is a failure. */
export const mustBeThere = isFull || process.env['CI'] === 'true';

/** Declares the suites where there is a browser, and says that nothing was tried where there is none. */
export function inBrowser(what: string, declare: () => void): void {
  if (program() !== undefined || mustBeThere) return describe(what, declare);
  test(`${what}: no Chromium is installed`, () => {
    process.stderr.write(`\n*** CHROMIUM IS NOT INSTALLED: ${what} was not tried ***\n\n`);
  });
}

let browser: Browser | undefined;

async function browserNow(): Promise<Browser> {
  const executablePath = program();
  if (executablePath === undefined) throw new Error('no Chromium is installed: apt-get install chromium');
  // As root, which containers are, Chromium does not run with its sandbox; it opens nothing but our own pages.
  browser ??= await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  return browser;
}

afterAll(async () => {
  await browser?.close();
  browser = undefined;
});

/** A reader: a page in a context of its own (cookies, storage), and all that the browser complained about. */
export interface Reader {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of the console (a policy that was violated and a resource that failed are among them), and exceptions. */
  readonly complaints: string[];
}

const readers: BrowserContext[] = [];

export async function reader(options: BrowserContextOptions = {}): Promise<Reader> {
  const context = await (
    await browserNow()
  ).newContext({ viewport: { width: 1440, height: 900 }, ...options });
  readers.push(context);
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => void complaints.push(String(error)));
  return { page, context, complaints };
}

afterEach(async () => {
  for (const context of readers.splice(0)) await context.close();
});

/** Until the screen stands: a heading, and no document on its way, nor one that only then is asked for. */
export async function stands(page: Page): Promise<void> {
  await page.locator('main#screen h1').waitFor();
  const waiting = page.locator('[aria-busy="true"], .waiting');
  for (let quiet = 0; quiet < 2; quiet += 1) {
    if ((await waiting.count()) > 0) quiet = 0;
    await waiting.first().waitFor({ state: 'detached' });
    await page.waitForTimeout(40);
  }
}

/** The line of a statement that begins with these words. */
export const lineOf = (page: Page, label: string): Locator =>
  page
    .locator('main#screen tr')
    .filter({ hasText: new RegExp(`^\\s*${label}`) })
    .first();

/** What axe-core finds against WCAG 2.2 AA and its own good practice, one line for each element. */
export async function barriers(page: Page): Promise<readonly string[]> {
  // Evaluated by the debugger, which no content security policy holds: the page's own policy stays as it is.
  await page.evaluate(axe);
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const found = await page.evaluate<readonly { id: string; nodes: readonly { html: string }[] }[]>(
    `axe.run(document, { runOnly: { type: 'tag', values: ${JSON.stringify(tags)} } }).then(({ violations }) =>
      violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) })))`,
  );
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

/** How far the page itself scrolls sideways, in CSS pixels: only regions within it may. */
export const sideways = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** A picture for whoever wants to look, under `.tieout/pictures`, which git ignores. In full runs only. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!isFull) return;
  const folder = inRoot('.tieout/pictures');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

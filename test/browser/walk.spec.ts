/**
 * From any number on any screen to its entries and their source lines in two clicks, and back the way one came.
 */
import type { Page } from 'playwright-core';
import { inBrowser, reader, stands } from './chromium';
import { screenAt, screens, serveBook, type Served } from './served';

const figure = 'main#screen a[href*="figure="]';
const entry = 'main#screen a[href*="entry="]';

/** Where a screen shows numbers at once, and the first of them; a screen that is not named here shows figures. */
const numbers: Readonly<Record<string, { readonly at?: string; readonly number: string }>> = {
  // A position after which lines moved, and a scenario: both show statement lines.
  timeline: { at: 'timeline?knownAt=150', number: `${figure}, ${entry}` },
  'what-if': { at: 'what-if?set=revenue%3D%2B10%25', number: figure },
  journal: { number: entry },
};

const inspector = (page: Page) => page.locator('#inspector');

inBrowser('the walk', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serveBook();
  }, 60_000);

  test.each([...screens])('%s: number, entry, source line, and back', async (screen) => {
    const { page, complaints } = await reader();
    const { at = screen, number } = { number: figure, ...numbers[screen] };
    await page.goto(served.url + screenAt(at));
    await stands(page);
    const addresses = [page.url()];
    const follow = async (link: string): Promise<void> => {
      await page.locator(link).first().click();
      await page.waitForURL((url) => url.href !== addresses.at(-1));
      await stands(page);
      addresses.push(page.url());
    };
    await follow(number);
    await inspector(page).locator('.headline, h2').first().waitFor();
    const isEntry = new URL(page.url()).searchParams.has('entry');
    if (!isEntry) await follow('#inspector a[href*="entry="]');
    await inspector(page).locator('.lines a').first().waitFor();
    const line = await inspector(page).locator('.lines a').first().innerText();
    await follow('#inspector .lines a');
    const shown = new URL(page.url());
    expect([shown.pathname.split('/').pop(), shown.searchParams.get('line')]).toEqual(['ticked', line]);

    for (const address of addresses.slice(0, -1).reverse()) {
      await page.goBack();
      expect(page.url()).toBe(address);
    }
    await stands(page);
    expect(await inspector(page).count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});

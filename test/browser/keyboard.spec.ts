/** The workbench by keyboard alone: what a pointer does, keys do, and one always sees where one is. */
import type { Page } from 'playwright-core';
import { inBrowser, reader, stands } from './chromium';
import { screenAt, screens, serveBook, type Served } from './served';

/** What has the focus: its words, and whether it can be seen that it has it. */
const focused = (page: Page): Promise<{ text: string; seen: boolean; inside: string }> =>
  page.evaluate(`(() => {
    const here = document.activeElement;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(here);
    const seen = (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
    return { text: here.textContent.trim(), seen, inside: here.closest('[id]')?.id ?? '' };
  })()`);

const search = (page: Page): Record<string, string> => Object.fromEntries(new URL(page.url()).searchParams);
const path = (page: Page): string => new URL(page.url()).pathname;

inBrowser('by keyboard alone', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serveBook();
  }, 60_000);

  test('over the navigation to a number, its figure, its entry, and back by Esc', async () => {
    const { page, complaints } = await reader();
    await page.goto(served.url + screenAt('statements'));
    await stands(page);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toMatchObject({ text: 'Skip to the screen', seen: true });
    await page.keyboard.press('Enter');
    await page.keyboard.press(']');
    expect(await focused(page)).toMatchObject({ text: '1,415,343, ties', seen: true });
    await page.keyboard.press('j');
    expect((await focused(page)).text).toBe('(481,300)minus 481,300, ties');
    await page.keyboard.press('Enter');
    await page.locator('#inspector .trace').waitFor();
    expect(search(page)).toEqual({ figure: 'is.cost-of-sales@2022H1' });
    await page.keyboard.press('i');
    expect((await focused(page)).inside).toBe('inspector');
    // Tab by tab, each stop to be seen, until an entry has the focus.
    for (let stop = 0; stop < 40 && !/^JE-/.test((await focused(page)).text); stop += 1) {
      await page.keyboard.press('Tab');
      expect(await focused(page)).toMatchObject({ seen: true, inside: 'inspector' });
    }
    const { text: entry } = await focused(page);
    await page.keyboard.press('Enter');
    await page.waitForURL(/entry=/);
    expect(search(page)).toEqual({ entry });
    await page.keyboard.press('Escape');
    await page.locator('#inspector').waitFor({ state: 'detached' });
    expect(search(page)).toEqual({});
    expect(complaints).toEqual([]);
  });

  test('two keys go to every screen; ? lists them, Ctrl K finds a statement, u turns the units', async () => {
    const { page, complaints } = await reader();
    await page.goto(served.url + screenAt('statements'));
    await stands(page);
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keys and signs' });
    await help.waitFor();
    const keys = (await help.locator('dt kbd').allInnerTexts()).filter((key) => key.startsWith('g '));
    expect(keys).toHaveLength(screens.length);
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });

    const reached: string[] = [];
    for (const key of keys) {
      for (const each of key.split(' ')) await page.keyboard.press(each);
      await stands(page);
      reached.push(path(page).split('/').pop() ?? '');
    }
    expect(reached).toEqual([...screens]);

    await page.keyboard.press('Control+k');
    await page.keyboard.type('balance sheet');
    await page.getByRole('dialog').getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/statements\/balance-sheet/);
    await stands(page);
    await page.keyboard.press('u');
    await page.keyboard.press('u');
    expect(search(page)).toEqual({ u: 'k' });
    expect(complaints).toEqual([]);
  });

  test('single keys can be switched off, and are letters where one types', async () => {
    const { page } = await reader();
    await page.goto(served.url + screenAt('journal'));
    await stands(page);
    await page.getByLabel('Text', { exact: true }).focus();
    await page.keyboard.type('g s');
    expect(await page.getByLabel('Text', { exact: true }).inputValue()).toBe('g s');
    expect(path(page)).toMatch(/\/journal$/);
    await page.locator('summary', { hasText: 'Settings' }).click();
    await page.getByLabel('Single keys act').uncheck();
    await page.locator('h1').click();
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.waitForTimeout(300);
    expect(path(page)).toMatch(/\/journal$/);
  });
});

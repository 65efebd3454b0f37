/** What a reader meets beside the books of today: the past, a scenario, a server that is gone, and eyes over the shoulder. */
import { barriers, inBrowser, isFull, lineOf, picture, reader, sideways, stands } from './chromium';
import { screenAt, screens, serve, serveBook, type Served } from './served';

/** Every screen in a full run; the first ones otherwise. */
const tried = screens.slice(0, isFull ? undefined : 2);

inBrowser('states of the workbench', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serveBook();
  }, 60_000);

  test('the past says that it is the past on every screen, and Return leads to now', async () => {
    const { page, complaints } = await reader();
    await page.goto(served.url + screenAt('timeline'));
    await stands(page);
    await page.getByRole('button', { name: 'One event back' }).click();
    await page.waitForURL(/knownAt=236/);
    await page.getByLabel('Events known').focus();
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL(/knownAt=235/);
    for (const screen of tried) {
      await page.locator('nav.screens a').nth(screens.indexOf(screen)).click();
      await stands(page);
      expect(new URL(page.url()).searchParams.get('knownAt')).toBe('235');
      expect(await page.locator('.banner.past').innerText()).toMatch(
        /^Viewing the past\..* revision 235 of 237: not current\. Return$/,
      );
    }
    // Before its entries were recorded, a statement has no amounts.
    await page.goto(served.url + screenAt('statements?knownAt=10'));
    await stands(page);
    const revenue = lineOf(page, 'Revenue');
    expect(await revenue.innerText()).not.toContain('1,415,343');
    await page.getByRole('link', { name: 'Return' }).click();
    await revenue.getByText('1,415,343').waitFor();
    expect(await page.locator('.banner').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('incognito: no amount is left to see or to hear, on no screen, and all are back without it', async () => {
    const { page, complaints } = await reader();
    await page.goto(served.url + screenAt('statements'));
    await stands(page);
    await page.locator('summary', { hasText: 'Settings' }).click();
    await page.getByLabel('Incognito').check();
    const amounts = /\d{1,3}(,\d{3})+|\(\d+\.?\d*\)/;
    for (const screen of tried) {
      await page.goto(served.url + screenAt(screen));
      await stands(page);
      // Text, what is out of sight, and every attribute that is spoken or shown; not what no amount is.
      const left = await page.evaluate<string[]>(`(() => {
        const names = ['aria-label', 'aria-valuetext', 'title', 'alt'];
        const said = [...document.querySelectorAll('body *')].filter((each) => !each.closest('[data-plain], script'))
          .flatMap((each) => [
            ...[...each.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data),
            ...names.map((name) => each.getAttribute(name) ?? ''),
            ...(each.tagName === 'DATA' ? [each.getAttribute('value') ?? ''] : []),
          ]);
        return said.filter((text) => /\\d/.test(text));
      })()`);
      expect([screen, left]).toEqual([screen, []]);
      await picture(page, `incognito-${screen}`);
    }
    await page.goto(served.url + screenAt('statements'));
    await stands(page);
    expect(await page.locator('main table').first().innerText()).not.toMatch(amounts);
    await page.locator('summary', { hasText: 'Settings' }).click();
    await page.getByLabel('Incognito').uncheck();
    await page.getByText('1,415,343').first().waitFor();
    expect(complaints).toEqual([]);
  });

  test('a server that goes is said to be gone; what was shown stays, and it comes back by itself', async () => {
    const there = await serveBook();
    const { page } = await reader();
    await page.goto(there.url + screenAt('statements'));
    await stands(page);
    await there.stop();
    await page.getByText('The server cannot be reached.').waitFor();
    expect(await lineOf(page, 'Revenue').innerText()).toContain('1,415,343');
    expect(await barriers(page)).toEqual([]);
    await picture(page, 'server-gone');
    await serve(there.folder, { port: new URL(there.url).port });
    await page.getByText('The server cannot be reached.').waitFor({ state: 'detached' });
  });

  test('a screen that was hit by a wrong address says so', async () => {
    const { page } = await reader();
    await page.goto(served.url + screenAt('statements/no-such-statement'));
    await page.getByRole('alert').getByText(/E60\d/).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.goto(served.url + screenAt('nowhere'));
    await page.getByText('There is no screen').waitFor();
  });

  if (screens.includes('what-if'))
    test('a slider moves the statements, which say that they are not reported figures; all is in the address', async () => {
      const { page, complaints } = await reader();
      await page.goto(served.url + screenAt('what-if'));
      await stands(page);
      const slider = page.getByRole('slider').first();
      await slider.focus();
      for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight');
      await page.getByText('Not reported figures.').waitFor();
      await stands(page);
      const changed = await page.locator('main#screen').innerText();
      const address = page.url();
      expect(await barriers(page)).toEqual([]);
      expect(await sideways(page)).toBe(0);
      await picture(page, 'what-if-moved');
      await page.goto(served.url + screenAt('statements'));
      await stands(page);
      expect(await lineOf(page, 'Revenue').innerText()).toContain('1,415,343');
      await page.goto(address);
      await stands(page);
      expect(await page.locator('main#screen').innerText()).toBe(changed);
      await page.getByText('Reset all').click();
      await page.getByText('Not reported figures.').waitFor({ state: 'detached' });
      expect(complaints).toEqual([]);
    });
});

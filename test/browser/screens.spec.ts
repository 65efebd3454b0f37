/**
 * Every screen, light and dark, on a desk and on a telephone: the browser complains of nothing, axe-core finds no barrier,
 * and the page does not scroll sideways.
 */
import { barriers, inBrowser, isFull, picture, reader, sideways, stands } from './chromium';
import { screenAt, screens, serveBook, type Served } from './served';

const sizes = { desk: { width: 1440, height: 900 }, telephone: { width: 390, height: 844 } } as const;

/** All four of theme and size in a full run; otherwise each theme and each size once. */
const looks = [
  ['light', 'desk'],
  ['dark', 'telephone'],
  ...(isFull
    ? ([
        ['dark', 'desk'],
        ['light', 'telephone'],
      ] as const)
    : []),
] as const;

inBrowser('screens', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serveBook();
  }, 60_000);

  test('the navigation leads to every screen that is registered', async () => {
    const { page, complaints } = await reader();
    const asked = Date.now();
    await page.goto(served.url);
    await stands(page);
    await page.locator('table.statement').first().waitFor();
    const waited = Date.now() - asked;
    const led = await page.evaluate<string[]>(
      `[...document.querySelectorAll('nav.screens a')].map((link) => link.pathname.split('/').pop())`,
    );
    expect(led).toEqual([...screens]);
    expect(complaints).toEqual([]);
    // Measured: 1.1 s with one other process at work, 4.8 s with many. A bound against hanging, no measure of speed.
    expect(waited).toBeLessThan(20_000);
    process.stderr.write(`the first statement stood after ${waited} ms\n`);
  });

  describe.each([...screens])('%s', (screen) => {
    test.each(looks)('%s, on a %s', async (theme, size) => {
      const { page, complaints } = await reader({
        viewport: sizes[size],
        colorScheme: theme,
        reducedMotion: 'reduce',
      });
      await page.goto(served.url + screenAt(screen));
      await stands(page);
      expect(await page.locator('main#screen').innerText()).not.toMatch(
        /There is no screen|This screen failed/,
      );
      expect(await barriers(page)).toEqual([]);
      expect(await sideways(page)).toBe(0);
      expect(complaints).toEqual([]);
      await picture(page, `${screen}-${theme}-${size}`);
    });
  });
});

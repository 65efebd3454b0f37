/**
 * Several people at one server: who is not known is asked, a post by one is seen by all at once, and what one proposes
 * another approves.
 */
import type { Page } from 'playwright-core';
import { loadedFolder } from '../support/command';
import { barriers, inBrowser, lineOf, picture, reader, stands, type Reader } from './chromium';
import { screenAt, serve, tokenFor, type Served } from './served';

/** An entry that contradicts what is printed: administrative expenses are 1,200 more than published. */
const contradicting = `- id: JE-LATE-01
  event: ExpenseIncurred
  date: 2022-06-30
  description: Utilities invoice received late
  postings:
    - { account: expenses.administrative, movement: profit-or-loss, nature: utilities, dr: "1,200" }
    - { account: payables.other.third, movement: recognised, cr: "1,200" }
`;

inBrowser('people', () => {
  let served: Served;
  const tokens = new Map<string, string>();
  beforeAll(async () => {
    const folder = await loadedFolder();
    // Both may propose and approve: what keeps one from approving is having proposed.
    for (const name of ['Ada', 'Bo'])
      tokens.set(name, await tokenFor(folder, name, 'reader,preparer,approver'));
    tokens.set('Cy', await tokenFor(folder, 'Cy', 'reader'));
    served = await serve(folder);
  }, 90_000);

  async function signedIn(name: string, screen: string): Promise<Reader> {
    const person = await reader();
    await person.page.goto(served.url + screenAt(screen));
    await person.page.getByLabel('Token').fill(tokens.get(name) ?? '');
    await person.page.getByRole('button', { name: 'Sign in' }).click();
    await person.page.getByRole('dialog').waitFor({ state: 'detached' });
    await stands(person.page);
    // The answers 401 before were meant to be complained about.
    person.complaints.length = 0;
    return person;
  }

  const failing = async (page: Page): Promise<string> =>
    (await page.locator('.standing').innerText()).replace(/\s+/g, ' ');

  test('who gives no token is asked for one, a wrong one opens nothing, and a reader finds nothing to write with', async () => {
    const { page } = await reader();
    await page.goto(served.url + screenAt('journal'));
    const dialog = page.getByRole('dialog', { name: 'Sign in' });
    await dialog.waitFor();
    expect(await barriers(page)).toEqual([]);
    await picture(page, 'sign-in');
    await page.getByLabel('Token').fill('tieout_nobody');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await page.locator('main#screen table').count()).toBe(0);
    await page.getByLabel('Token').fill(tokens.get('Cy') ?? '');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.locator('main#screen table').first().waitFor();
    expect(await page.getByText('Post an entry').count()).toBe(0);
    // No script can read what was given.
    expect(await page.evaluate('document.cookie')).toBe('');
  });

  test('what was on its way while one signed in is asked for anew', async () => {
    const { page } = await reader();
    await page.route(
      '**/api/v1/books/sensetime-2022-interim',
      async (route) => {
        const response = await route.fetch();
        await new Promise((resolve) => setTimeout(resolve, 2500));
        // Whoever does not wait for it any more gets nothing.
        await route.fulfill({ response }).catch(() => undefined);
      },
      { times: 1 },
    );
    await page.goto(served.url + screenAt('statements'));
    await page.getByLabel('Token').fill(tokens.get('Cy') ?? '');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.waitForTimeout(3000);
    expect(await page.getByRole('dialog').count()).toBe(0);
    await lineOf(page, 'Revenue').getByText('1,415,343').waitFor();
  });

  test('a post by one is seen by the other; its break is explained by one and approved by the other only', async () => {
    const ada = await signedIn('Ada', 'journal');
    const bo = await signedIn('Bo', 'statements');
    const administrative = lineOf(bo.page, 'Administrative expenses');
    expect(await administrative.innerText()).toContain('(768,629)');
    expect(await failing(bo.page)).toMatch(/does not tie 0 /);

    await ada.page.getByText('Post an entry').click();
    await ada.page.getByRole('button', { name: 'Write it as YAML' }).click();
    await ada.page.locator('textarea').fill(contradicting.replace('cr: "1,200"', 'cr: "1,020"'));
    await ada.page.getByRole('button', { name: 'Post', exact: true }).click();
    await ada.page.getByRole('alert').getByText('E201').waitFor();
    ada.complaints.length = 0;
    await ada.page.locator('textarea').fill(contradicting);
    await ada.page.getByRole('button', { name: 'Post', exact: true }).click();
    await ada.page.locator('#inspector').getByText('JE-LATE-01').first().waitFor();

    // Nobody touched Bo's page.
    await administrative.getByText('(769,829)').first().waitFor();
    await bo.page.locator('.chip', { hasText: 'rev 238' }).waitFor();
    await bo.page
      .locator('.standing')
      .filter({ hasNotText: /does not tie\s*0/ })
      .waitFor();
    expect(await failing(bo.page)).toMatch(/does not tie [1-9]/);

    await ada.page.goto(served.url + screenAt('audit'));
    await stands(ada.page);
    const finding = ada.page.locator('.finding', { hasText: 'is.administrative-expenses@2022H1' }).first();
    await finding.getByRole('button', { name: /Explain/ }).click();
    await ada.page.getByRole('dialog').locator('textarea').fill('An invoice that came after the report.');
    expect(await barriers(ada.page)).toEqual([]);
    await ada.page.getByRole('button', { name: 'Propose' }).click();
    await ada.page.getByText('You proposed it: another approver decides.').waitFor();
    expect(await ada.page.getByRole('button', { name: 'Approve' }).count()).toBe(0);

    // Nor by any other way: the server refuses her, and writes nothing.
    const refused = await ada.page.evaluate<{
      status: number;
      code: string;
      written: boolean;
    }>(`(async () => {
      const book = location.origin + '/api/v1/books/sensetime-2022-interim/';
      const [{ proposal }] = (await (await fetch(book + 'explanations')).json()).proposals;
      const headers = { 'Tieout-Request': '1', 'Idempotency-Key': 'by-herself', 'If-Match': '*' };
      const answer = await fetch(book + 'explanations/' + encodeURIComponent(proposal) + '/approval', { method: 'POST', headers });
      const { code, written } = await answer.json();
      return { status: answer.status, code, written };
    })()`);
    expect(refused).toEqual({ status: 403, code: 'E213', written: false });
    ada.complaints.length = 0;

    await bo.page.goto(served.url + screenAt('audit'));
    await stands(bo.page);
    await bo.page.getByRole('button', { name: 'Approve' }).click();
    await bo.page.getByText('Approved: the break is explained').waitFor();
    // Both see who decided, and that nothing waits any more.
    for (const { page } of [ada, bo])
      await page
        .getByText('You proposed it: another approver decides.')
        .or(page.getByRole('button', { name: 'Approve' }))
        .waitFor({ state: 'detached' });
    await ada.page.getByText('An invoice that came after the report.').first().waitFor();
    expect([ada.complaints, bo.complaints]).toEqual([[], []]);
  });
});

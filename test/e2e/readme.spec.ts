/**
 * What the README and the documents tell a reader to type works as it stands: every command of a shell block, in order,
 * in one folder for each document, with the files that the document shows.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder, inRoot, loadedFolder, tieout } from '../support/command';
import { served } from '../support/serving';

/** Commands that look for something: 1 says that they found it. */
const finding = new Set(['figures', 'check', 'audit', 'tick']);

const documents = [
  'README.md',
  ...(existsSync(inRoot('docs')) ? readdirSync(inRoot('docs')).map((name) => `docs/${name}`) : []),
].filter((path) => path.endsWith('.md'));

interface Block {
  readonly language: string;
  readonly lines: readonly string[];
}

const blocksOf = (text: string): Block[] =>
  [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language = '', body = '']) => ({
    language,
    lines: body.trimEnd().split('\n'),
  }));

/** The words of a plain command line: no pipes and no variables, which a spec would have to be a shell for. */
function wordsOf(line: string): string[] {
  const [command = ''] = line.split(/ +#/);
  expect(command).not.toMatch(/[|<>$&;`]/);
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

const prefix = 'npm -s start -- ';

/** A server answers with the page and with its health, and ends at Ctrl-C. */
async function looksServed(folder: string, args: readonly string[]): Promise<void> {
  const { url, child, ended } = await served(folder, args);
  for (const path of ['/', '/health/ready'])
    expect([path, (await fetch(url + path)).status]).toEqual([path, 200]);
  child.kill('SIGINT');
  expect(await ended).toBe(0);
}

it.each(documents)(
  '%s',
  async (path) => {
    // The README is what a reader of a fresh clone types; who reads a document has been there.
    const folder = path === 'README.md' ? emptyFolder() : await loadedFolder();
    for (const { language, lines } of blocksOf(readFileSync(inRoot(path), 'utf8'))) {
      const name = /^# (\S+\.ya?ml)$/.exec(lines[0] ?? '')?.[1];
      if (language === 'yaml' && name !== undefined)
        writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
      if (language !== 'sh') continue;
      for (const line of lines) {
        if (!line.startsWith(prefix)) continue;
        const args = wordsOf(line.slice(prefix.length));
        if (args.includes('serve')) {
          await looksServed(
            folder,
            args.filter((word) => word !== '--open'),
          );
          continue;
        }
        const { code, out, err } = await tieout(folder, args);
        const allowed = args.some((word) => finding.has(word)) ? [0, 1] : [0];
        expect({ line, code, err: allowed.includes(code ?? -1) ? '' : err }).toEqual({ line, code, err: '' });
        expect({ line, says: out !== '' || args.includes('-o') }).toEqual({ line, says: true });
      }
    }
  },
  120_000,
);

it('README.md: tells of commands, and shows what is printed', async () => {
  const blocks = blocksOf(readFileSync(inRoot('README.md'), 'utf8'));
  const commands = blocks.flatMap(({ lines }) => lines.filter((line) => line.startsWith(prefix)));
  expect(commands.length).toBeGreaterThan(15);
  const sample = blocks.find(({ lines }) => lines[0] === 'SenseTime Group Inc.');
  const { out } = await tieout(await loadedFolder(), ['-q', 'is']);
  const plain = (line: string): string =>
    line
      .trim()
      .replace(/rev \d+/, 'rev N')
      .replace(/\s+|─+/g, ' ');
  const printed = out.split('\n').slice(0, sample?.lines.length).map(plain);
  expect(sample?.lines.map(plain)).toEqual(printed);
});

/**
 * Text for a terminal: widths in columns, labels that wrap, and nothing but ASCII where that is asked for.
 */

export interface Terminal {
  /** Columns to fill. */
  readonly width: number;
  readonly ascii: boolean;
  readonly colour: boolean;
}

/** From the environment: COLUMNS, NO_COLOR, a TTY or not. A pipe gets 100 columns and no colour. */
export function terminalOf(
  stream: { isTTY?: boolean; columns?: number },
  env: NodeJS.ProcessEnv,
  ascii: boolean,
): Terminal {
  const asked = Number(env.COLUMNS);
  const width =
    stream.isTTY && stream.columns ? stream.columns : Number.isInteger(asked) && asked > 0 ? asked : 100;
  const colour = stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  return { width, ascii, colour };
}

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;

/** Columns that a text takes: East Asian wide characters take two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += wide.test(character) ? 2 : 1;
  return width;
}

export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)));
export const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - widthOf(text))) + text;

/** Break at spaces into lines of at most `width`; what follows the first is indented by two. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const next = line === '' ? word : `${line} ${word}`;
    if (widthOf(next) <= width || line.trim() === '') line = next;
    else {
      lines.push(line);
      line = `  ${word}`;
    }
  }
  lines.push(line);
  return lines;
}

const asciiFor: Readonly<Record<string, string>> = {
  '–': '-',
  '—': '-',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '·': '|',
  '→': '->',
  '…': '...',
  '✓': 'ok',
  '≈': '~',
  '◇': '#',
  '✗': 'X',
  '⊘': 'E',
  '○': '-',
  '≠': '!=',
  '†': '+',
  '≡': '=',
  '□': '?',
  '‹': '<',
  '›': '>',
  '│': '|',
  '─': '-',
  '═': '=',
};

/** The text in ASCII where the terminal wants that: known signs by their words, anything else by a question mark. */
export function forTerminal(text: string, terminal: Pick<Terminal, 'ascii'>): string {
  if (!terminal.ascii) return text;
  // eslint wants no control characters in patterns: the range is printable ASCII and the line break.
  return [...text].map((sign) => asciiFor[sign] ?? (/[\n\x20-\x7e]/.test(sign) ? sign : '?')).join('');
}

const styles = {
  bold: '1',
  dim: '2',
  red: '31',
  green: '32',
  yellow: '33',
  magenta: '35',
  cyan: '36',
} as const;

export function paint(text: string, style: keyof typeof styles, terminal: Pick<Terminal, 'colour'>): string {
  return terminal.colour ? `\u001b[${styles[style]}m${text}\u001b[0m` : text;
}

/** One CSV record (RFC 4180); no digit-group marks, ever. */
export function csvRecord(cells: readonly string[]): string {
  return cells.map((cell) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
}

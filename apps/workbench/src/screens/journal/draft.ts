/**
 * An entry while it is written: what its legs add up to so far, and the text that is sent, which is what `tieout post` reads.
 *
 * Amounts are kept as they are typed. Invariant: what cannot be read as an amount counts as nothing here and is refused by
 * the server, which alone decides.
 */
export interface DraftLeg {
  readonly account: string;
  readonly movement: string;
  /** `nature=utilities, geography=prc` */
  readonly dimensions: string;
  readonly dr: string;
  readonly cr: string;
}

export interface Draft {
  readonly id: string;
  readonly event: string;
  readonly date: string;
  readonly description: string;
  readonly reasoning: string;
  readonly legs: readonly DraftLeg[];
}

export const noLeg: DraftLeg = { account: '', movement: '', dimensions: '', dr: '', cr: '' };

export interface DraftBalance {
  readonly debits: bigint;
  readonly credits: bigint;
  /** What may be wrong, where they differ. */
  readonly hint?: string;
}

/** Digits, with or without separators of thousands. */
const amountIn = (text: string): bigint =>
  /^(\d+|\d{1,3}(,\d{3})+)$/.test(text.trim()) ? BigInt(text.trim().replaceAll(',', '')) : 0n;

export function balanceOf({ legs }: Pick<Draft, 'legs'>): DraftBalance {
  const [debits, credits] = (['dr', 'cr'] as const).map((side) =>
    legs.reduce((sum, leg) => sum + amountIn(leg[side]), 0n),
  ) as [bigint, bigint];
  const difference = debits > credits ? debits - credits : credits - debits;
  const amounts = legs.map((leg) => amountIn(leg.dr) + amountIn(leg.cr)).filter((amount) => amount !== 0n);
  const hint =
    difference === 0n
      ? undefined
      : amounts.some((amount) => amount * 2n === difference)
        ? 'twice one leg: it may stand on the wrong side'
        : difference % 9n === 0n
          ? 'divisible by 9: two digits may be transposed'
          : undefined;
  return { debits, credits, ...(hint === undefined ? {} : { hint }) };
}

/** Whether both sides are the same, and something. */
export const balances = ({ debits, credits }: DraftBalance): boolean => debits === credits && debits !== 0n;

/** As a YAML file of one entry: a line for each key, one for each leg. Texts are quoted, so that none is taken for more. */
export function yamlOf({ id, event, date, description, reasoning, legs }: Draft): string {
  const used = legs.filter((leg) => leg.account !== '' || leg.dr !== '' || leg.cr !== '');
  return [
    `- id: ${JSON.stringify(id)}`,
    `  event: ${event}`,
    `  date: ${JSON.stringify(date)}`,
    `  description: ${JSON.stringify(description)}`,
    ...(reasoning === '' ? [] : [`  reasoning: ${JSON.stringify(reasoning)}`]),
    '  postings:',
    ...used.map((leg) => `    - { ${keysOf(leg).join(', ')} }`),
    '',
  ].join('\n');
}

function keysOf({ account, movement, dimensions, dr, cr }: DraftLeg): readonly string[] {
  const members = dimensions.split(/[,\s]+/).flatMap((pair) => {
    const [dimension = '', member = ''] = pair.split('=');
    return dimension === '' ? [] : [`${JSON.stringify(dimension)}: ${JSON.stringify(member)}`];
  });
  const sides = [
    ...(dr.trim() === '' ? [] : [`dr: ${JSON.stringify(dr.trim())}`]),
    ...(cr.trim() === '' ? [] : [`cr: ${JSON.stringify(cr.trim())}`]),
  ];
  return [
    `account: ${JSON.stringify(account)}`,
    `movement: ${JSON.stringify(movement)}`,
    ...members,
    ...sides,
  ];
}

/**
 * Non-controlling interests by entity: whose result an adjustment changes, and what others bear of it.
 *
 * An adjustment that names an entity changes its result, whatever it posts. Otherwise an entry that the entity declares is its
 * own as a whole, and a leg of profit or loss where its selection meets it. What nobody owns is held: the owners bear it.
 *
 *     entity issuer, others hold 20%: preferred-fair-value 46,206 more loss  →  equity.nci 9,241.2, accumulated losses 36,964.8
 */
import { LedgerError } from '@tieout/events';
import { matches } from '@tieout/cube';
import type { Posting } from '@tieout/ledger';
import type { Draft } from './applied';
import type { Books } from './base';
import { fraction, type Rational } from './rational';
import type { Entity } from './scenario';

/** What non-controlling interests bear of an effect on the result, and the rule in words. */
export interface Bearing {
  readonly share: Rational;
  readonly words: string;
}

/** "12.5%" as a part of one; undefined where the text is no share. */
export const percent = (text: string): Rational | undefined => {
  const written = /^(\d+(?:\.\d+)?)%$/.exec(text)?.[1];
  const part = written === undefined ? undefined : fraction(written);
  return part && { over: part.over, under: part.under * 100n };
};

export function shareIn({ id, nci, base }: Entity): Bearing | undefined {
  const share = percent(nci);
  const mark = base === 'assumed' ? ' [assumed base]' : '';
  return share && { share, words: `non-controlling interests bear ${nci} in ${id}${mark}` };
}

/** The parts of an adjustment's entries by the entity whose they are; those of none last. Refuses what two entities claim. */
export function byEntity(
  drafts: readonly Draft[],
  { driverBook: { consequences } }: Books,
  named: string | undefined,
): readonly { readonly entity?: Entity; readonly drafts: readonly Draft[] }[] {
  const claims = consequences.entities.map((entity) => {
    const own = entity.legs && matches(entity.legs);
    return (draft: Draft, leg: Posting): boolean =>
      named === undefined
        ? (draft.of !== undefined && entity.entries?.includes(draft.of) === true) || own?.(leg) === true
        : entity.id === named;
  });
  const ownerOf = (draft: Draft, leg: Posting): number => {
    const owners = claims.flatMap((claim, index) => (claim(draft, leg) ? [index] : []));
    const [first, second] = owners.map((index) => consequences.entities[index]?.id);
    if (second !== undefined)
      throw new LedgerError([
        {
          code: 'E107',
          message: `${first} and ${second} both own ${leg.account} in "${draft.description}"`,
          help: `say whose it is: entity: ${first} in the adjustment`,
        },
      ]);
    return owners[0] ?? -1;
  };
  const owned = drafts.map((draft) => ({
    draft,
    legs: draft.postings.map((leg) => ({ leg, owner: ownerOf(draft, leg) })),
  }));
  const partOf = (owner: number): readonly Draft[] =>
    owned.flatMap(({ draft, legs }) => {
      const postings = legs.flatMap((each) => (each.owner === owner ? [each.leg] : []));
      return postings.length === 0 ? [] : [{ ...draft, postings }];
    });
  const parts = consequences.entities.map((entity, index) => ({ entity, drafts: partOf(index) }));
  return [...parts, { drafts: partOf(-1) }].filter((part) => part.drafts.length > 0);
}

/** One number with its mark: a link to what is behind it, whose name says its state. */
import { Amount } from '@tieout/views';
import { selecting, usePlace } from '../../shell';
import { isFinding, markOf } from './marks';
import type { ShownNumber } from './model';

export function NumberShown({ number }: { readonly number: ShownNumber }) {
  const place = usePlace();
  const { text, mark, about, fact, said, inferred } = number;
  const { glyph, word } = markOf(mark);
  // A date or a note's number says where, and not how much.
  if (mark === 'label') return text;
  const body = (
    <>
      {inferred ? (
        <>
          <span aria-hidden="true">‹</span>
          <Amount value={text} />
          <span aria-hidden="true">›</span>
        </>
      ) : (
        text
      )}
      <span aria-hidden="true" className="g">
        {glyph}
      </span>
      <span className="vh">
        , {word}
        {inferred && ', not in the source: inferred'}
      </span>
    </>
  );
  const own = {
    className: `n mark-${mark}`,
    title: `${word}: ${said}`,
    'data-fact': fact,
    'data-finding': isFinding(mark) ? '' : undefined,
  };
  if (about === undefined) return <span {...own}>{body}</span>;
  return (
    <a
      {...own}
      href={selecting(place, { figure: about })}
      aria-current={place.search['figure'] === about || undefined}
    >
      {body}
    </a>
  );
}

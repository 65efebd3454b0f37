/**
 * Timeline: the log event by event, and the books as they were known after each.
 *
 * The position is the axis `knownAt` of the address, so that every other screen shows the books as of the same step. Going
 * back and forth changes nothing: an event that is left out opens a scenario without it.
 */
import { announce, go, Screen, useBook, useKeys, usePlace } from '../../shell';
import { Controls } from './controls';
import { Events } from './events';
import { Seen } from './seen';
import './timeline.css';

export default function Timeline() {
  const place = usePlace();
  const book = useBook();
  const head = book?.revision ?? 0;
  const asked = Number(place.search['knownAt'] ?? head);
  const position = Number.isSafeInteger(asked) ? Math.min(Math.max(asked, 0), head) : head;
  const step = (to: number): void => {
    const at = Math.min(Math.max(to, 0), head);
    go({ search: { knownAt: at === head ? undefined : String(at), entry: undefined } }, { replace: true });
    announce(`position ${at} of ${head}`);
  };
  useKeys({
    ',': ['one event back', () => step(position - 1)],
    '.': ['one event on', () => step(position + 1)],
  });
  return (
    <Screen title="Timeline" command="log" request="log">
      {book && (
        <>
          <Controls position={position} head={head} step={step} />
          <div className="timeline">
            <Events position={position} head={head} />
            <Seen position={position} book={book} />
          </div>
        </>
      )}
    </Screen>
  );
}

/**
 * Stepping through the log: first, back, play, on, last; a slider, and the number itself, which needs no dragging.
 */
import { useEffect, useState } from 'react';
import { useKeys } from '../../shell';

interface Stepping {
  /** Events that are known. */
  readonly position: number;
  readonly head: number;
  readonly step: (to: number) => void;
}

/** Steps in a second. */
const speeds = [1, 2, 5] as const;

export function Controls({ position, head, step }: Stepping) {
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<number>(1);
  const atEnd = position >= head;
  useEffect(() => {
    if (!playing || atEnd) return setPlaying(false);
    const next = setTimeout(() => step(position + 1), 1000 / speed);
    return () => clearTimeout(next);
  }, [playing, position, atEnd, speed]);
  const play = (): void => {
    if (atEnd) step(0);
    setPlaying(!playing);
  };
  useKeys({ Space: ['play, or stop', play] });
  return (
    <div className="toolbar timeline-controls" role="group" aria-label="Position in the log">
      <Step label="First event" sign="|◀" to={0} {...{ position, head, step }} />
      <Step label="One event back" sign="◀" to={position - 1} {...{ position, head, step }} />
      <button type="button" className="button" onClick={play} aria-pressed={playing}>
        <span aria-hidden="true">{playing ? '■' : '▶'}</span> {playing ? 'Stop' : 'Play'}
      </button>
      <Step label="One event on" sign="▶" to={position + 1} {...{ position, head, step }} />
      <Step label="Last event" sign="▶|" to={head} {...{ position, head, step }} />
      <label>
        <span className="vh">Steps in a second</span>
        <select value={speed} onChange={({ target }) => setSpeed(Number(target.value))}>
          {speeds.map((each) => (
            <option key={each} value={each}>
              {each} a second
            </option>
          ))}
        </select>
      </label>
      <input
        className="grow"
        type="range"
        min={0}
        max={head}
        value={position}
        aria-label="Events known"
        onChange={({ target }) => step(Number(target.value))}
      />
      <label className="row">
        rev
        <input
          className="timeline-number"
          type="number"
          min={0}
          max={head}
          value={position}
          onChange={({ target }) => step(Number(target.value))}
        />
        <span className="muted" data-plain="">
          of {head}
        </span>
      </label>
      <button type="button" className="button" disabled={atEnd} onClick={() => step(head)}>
        Return to head
      </button>
    </div>
  );
}

function Step({ label, sign, to, head, step }: Stepping & { label: string; sign: string; to: number }) {
  return (
    <button
      type="button"
      className="button"
      aria-label={label}
      title={label}
      disabled={to < 0 || to > head}
      onClick={() => step(to)}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  );
}

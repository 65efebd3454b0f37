/**
 * One driver: a slider for the hand, steps for whoever cannot drag, and the level as text for whoever knows it. What the
 * text says is asked; the slider only writes it.
 */
import type { WhatIfDocument } from '@tieout/documents';
import { Amount } from '@tieout/views';
import { useEffect, useRef, useState } from 'react';
import { go, placeNow, type Problem } from '../../shell';
import { askedIn, withLevel } from './asked';
import { slideOf, standsAt, writtenAt, type Driver } from './level';

interface DriverView {
  readonly driver: Driver;
  /** The level that is asked; undefined where the driver stands as reported. */
  readonly level: string | undefined;
  /** What became of it. */
  readonly adjustment: WhatIfDocument['adjustments'][number] | undefined;
  readonly problem: Problem | undefined;
}

/** A slider asks when the hand has rested for so long, in ms. */
const REST = 150;

/** The level while it is being set, and how to set it: at once, or when the hand rests. */
function useLevel(driver: string, asked: string | undefined) {
  const [moving, move] = useState<{ readonly level: string | undefined }>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const set = (level: string | undefined, after = 0): void => {
    move({ level });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      go({ search: withLevel(askedIn(placeNow().search), driver, level) }, { replace: true });
      move(undefined);
    }, after);
  };
  return { level: moving ? moving.level : asked, set };
}

export function DriverControl({ driver, level: asked, adjustment, problem }: DriverView) {
  const { id, name, unit, base, illustrative, note } = driver;
  const { level, set } = useLevel(id, asked);
  const slide = slideOf(driver);
  const at = slide && standsAt(level, driver, slide);
  const refused = problem?.errors?.find(({ at: where }) => where?.file.startsWith(`--set ${id}=`));
  const step = (by: 1 | -1): void => {
    if (slide && at !== undefined) set(writtenAt(at + by * slide.step, slide), REST);
  };
  const changed = level !== undefined;
  return (
    <div className={changed ? 'driver changed' : 'driver'}>
      <label className="name" htmlFor={`level-${id}`} title={note ?? undefined}>
        {name}
      </label>
      <div className="controls">
        {slide && (
          <>
            <button type="button" className="button" aria-label={`Less: ${name}`} onClick={() => step(-1)}>
              −
            </button>
            <input
              type="range"
              aria-label={name}
              aria-valuetext={level ?? 'as reported'}
              min={slide.from}
              max={slide.to}
              step={slide.step}
              value={at}
              onChange={({ target }) => set(writtenAt(Number(target.value), slide), REST)}
            />
            <button type="button" className="button" aria-label={`More: ${name}`} onClick={() => step(1)}>
              +
            </button>
          </>
        )}
        <input
          key={level}
          id={`level-${id}`}
          className="level"
          size={8}
          defaultValue={level ?? ''}
          placeholder={slide?.by === 'unit' ? (driver.level ?? '') : '0%'}
          aria-invalid={refused !== undefined}
          aria-describedby={refused ? `refused-${id}` : undefined}
          onBlur={({ target }) => {
            const text = target.value.trim();
            if (text !== (level ?? '')) set(text === '' ? undefined : text);
          }}
          onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
        />
        <button
          type="button"
          className="button quiet"
          disabled={!changed}
          aria-label={`As reported: ${name}`}
          title="As reported"
          onClick={() => set(undefined)}
        >
          ↺
        </button>
      </div>
      <p className="muted where">
        <Amount value={driver.level} />
        {adjustment?.after != null && changed && (
          <>
            {' → '}
            <strong>
              <Amount value={adjustment.after} />
            </strong>
          </>
        )}{' '}
        {unit}
        {base !== 'disclosed' && ` · ${base}`}
        {illustrative && ' · illustrative'}
      </p>
      {refused && (
        <p className="problem-text" id={`refused-${id}`} role="alert">
          {refused.message}
          {refused.help !== undefined && `: ${refused.help}`}
        </p>
      )}
    </div>
  );
}

/** What has happened, for whoever cannot see it: one line that is read aloud, and shown for a while. */
import { source } from './source';

const said = source('');
let clear: ReturnType<typeof setTimeout> | undefined;

export function announce(text: string): void {
  said.set(text);
  clearTimeout(clear);
  clear = setTimeout(() => said.set(''), 6000);
}

export function Announcements() {
  const text = said.use();
  return (
    <div className={text === '' ? 'announcement vh' : 'announcement'} role="status">
      {text}
    </div>
  );
}

/** The workbench's frame: header, navigation, the screen of the place, the Inspector beside it. */
import { QueryClientProvider } from '@tanstack/react-query';
import { Component, lazy, Suspense, useEffect, type ComponentType, type ReactNode } from 'react';
import { screens } from '../screens';
import { Announcements } from './announce';
import { Banners } from './banners';
import { useBookAsked, useBooks } from './book';
import { queries, signInNeeded } from './documents';
import { Header } from './header';
import { KeysHelp } from './help';
import { maskDigits } from './incognito';
import { Inspector } from './inspector/inspector';
import { useKeys } from './keys';
import { useLiveBook } from './live';
import { Loaded, ProblemShown } from './loaded';
import { Palette } from './palette';
import { go, hrefTo, usePlace } from './place';
import { useSettings } from './settings';
import { SignIn } from './sign-in';

export function App() {
  const { incognito } = useSettings();
  // The key draws everything anew: what was masked comes back from the documents.
  return (
    <QueryClientProvider client={queries}>
      <Frame key={String(incognito)} incognito={incognito} />
    </QueryClientProvider>
  );
}

function Frame({ incognito }: { readonly incognito: boolean }) {
  const place = usePlace();
  useEffect(() => (incognito ? maskDigits() : undefined), [incognito]);
  // Who is not signed in hears nothing: that is no server that is gone.
  useLiveBook(signInNeeded.use() ? '' : place.book);
  return (
    <>
      <a className="skip" href="#screen">
        Skip to the screen
      </a>
      <Header />
      {place.book === '' ? <FirstBook /> : <Workbench screen={place.screen} />}
      <Announcements />
      <Palette />
      <KeysHelp />
      <SignIn />
    </>
  );
}

/** An address without a book leads to the first one. */
function FirstBook() {
  return (
    <main id="screen" tabIndex={-1} className="screen">
      <Loaded of={useBooks()}>{({ books }) => <Choose book={books[0]?.id} />}</Loaded>
    </main>
  );
}

function Choose({ book }: { readonly book: string | undefined }) {
  useEffect(() => {
    if (book !== undefined) go({ book, screen: 'statements' }, { replace: true });
  }, [book]);
  return book === undefined ? <p>This server has no book.</p> : null;
}

const loaded: Readonly<Record<string, ComponentType>> = Object.fromEntries(
  Object.entries(screens).map(([name, { load }]) => [name, lazy(load)]),
);

function Workbench({ screen }: { readonly screen: string }) {
  const place = usePlace();
  const { problem } = useBookAsked();
  const Shown = loaded[screen === '' ? 'statements' : screen];
  useKeys(
    Object.fromEntries(
      Object.entries(screens).flatMap(([name, { key, title }]) =>
        key === undefined ? [] : [[`g ${key}`, [title, () => go({ screen: name })]]],
      ),
    ),
  );
  if (problem?.status === 404)
    return (
      <main id="screen" tabIndex={-1} className="screen">
        <ProblemShown problem={problem} />
        <p>
          <a href="/">The books of this server</a>
        </p>
      </main>
    );
  return (
    <>
      <Navigation />
      <Banners />
      <div className="work">
        <Failing key={`${place.book} ${screen}`}>
          <Suspense fallback={<p className="waiting screen">Loading…</p>}>
            {Shown ? <Shown /> : <p className="screen">There is no screen “{screen}”.</p>}
          </Suspense>
        </Failing>
        <Inspector />
      </div>
    </>
  );
}

function Navigation() {
  const place = usePlace();
  return (
    <nav className="screens" aria-label="Screens">
      {Object.entries(screens).map(([name, { title }]) => (
        <a
          key={name}
          href={hrefTo(place, { screen: name })}
          aria-current={name === (place.screen || 'statements') ? 'page' : undefined}
        >
          {title}
        </a>
      ))}
    </nav>
  );
}

/** A screen that fails leaves the frame standing, and says so: a fault of ours, not of the books. */
class Failing extends Component<{ readonly children: ReactNode }, { readonly failed?: string }> {
  override state: { readonly failed?: string } = {};

  static getDerivedStateFromError(error: unknown): { failed: string } {
    return { failed: String(error) };
  }

  override render(): ReactNode {
    if (this.state.failed === undefined) return this.props.children;
    return (
      <main className="screen">
        <h1>This screen failed</h1>
        <p>A fault of the workbench, not of the books; nothing was written.</p>
        <pre className="raw">{this.state.failed}</pre>
        {/* A server that was restarted may have another build, of which this page knows no file. */}
        <button type="button" className="button" onClick={() => location.reload()}>
          Load the workbench again
        </button>
      </main>
    );
  }
}

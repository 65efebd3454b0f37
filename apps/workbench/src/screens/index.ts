/**
 * The screens, in the order of the navigation. Each is loaded when it is first gone to; a line here is all that the shell
 * knows of it. `key` is the second key of `g …`.
 */
import type { ComponentType } from 'react';

export interface ScreenEntry {
  readonly title: string;
  readonly key?: string;
  readonly load: () => Promise<{ default: ComponentType }>;
}

export const screens: Readonly<Record<string, ScreenEntry>> = {
  statements: { title: 'Statements', key: 's', load: () => import('./statements') },
  ticked: { title: 'Ticked report', key: 't', load: () => import('./ticked') },
  audit: { title: 'Audit board', key: 'a', load: () => import('./audit') },
  journal: { title: 'Journal', key: 'j', load: () => import('./journal') },
  'what-if': { title: 'What if', key: 'w', load: () => import('./what-if') },
  timeline: { title: 'Timeline', key: 'l', load: () => import('./timeline') },
  record: { title: 'Record', key: 'p', load: () => import('./record') },
};

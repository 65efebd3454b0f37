/** A report as one HTML file. The same documents give the same bytes. */
import type { ReportDocuments } from '@tieout/documents';
import { Report } from '@tieout/views';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

export const reportPage = (documents: ReportDocuments): string =>
  `<!doctype html>\n${renderToStaticMarkup(createElement(Report, { documents }))}\n`;

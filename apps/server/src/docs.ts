/**
 * The documentation that a server carries: the OpenAPI document, a page to read and try it, and a page for every error code.
 * Nothing is fetched from elsewhere, and the pages run under the same policy as all others.
 */
import { dirname, join } from 'node:path';
import { errorCatalogue } from '@tieout/events';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { statusOf } from './platform/problem';
import type { OpenApi } from './open-api';

const escaped = (text: string): string =>
  text.replace(
    /[&<>"]/g,
    (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign,
  );

const page = (title: string, body: string, head = ''): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
  `<title>${escaped(title)}</title>${head}<link rel="stylesheet" href="/api/docs/page.css"></head><body>${body}</body></html>\n`;

const style = `:root{color-scheme:light dark}
body{margin:0;font:16px/1.5 system-ui,sans-serif}
main{max-width:44rem;margin:3rem auto;padding:0 1rem}
code{font:0.95em ui-monospace,monospace}
dt{font-weight:600;margin-top:.5rem}
dd{margin:0}
`;

const swagger = page(
  'Tieout: the API',
  '<div id="swagger-ui"></div><script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script>',
  '<link rel="stylesheet" href="/api/docs/swagger-ui.css">',
);

/** Tried requests are our own page's: they carry the header that writes need. */
const start = `SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
  requestInterceptor: (request) => {
    if (request.method !== 'GET') request.headers['Tieout-Request'] = '1';
    return request;
  },
});
`;

type Code = keyof typeof errorCatalogue;

const isCode = (text: string): text is Code => Object.hasOwn(errorCatalogue, text);

const errorPage = (code: Code): string =>
  page(
    `${code}: ${errorCatalogue[code].title}`,
    `<main><h1><code>${code}</code> ${escaped(errorCatalogue[code].title)}</h1><p>${escaped(errorCatalogue[code].page)}</p>` +
      `<p>Over HTTP its status is ${statusOf(code)}; the command ends with exit code ${errorCatalogue[code].exit}. ` +
      `Nothing of what was refused is written.</p><p><a href="/api/docs/errors">All codes</a></p></main>`,
  );

const errorList = page(
  'Tieout: error codes',
  `<main><h1>Error codes</h1><dl>${Object.entries(errorCatalogue)
    .map(
      ([code, { title }]) =>
        `<dt><a href="/api/docs/errors/${code}">${code}</a></dt><dd>${escaped(title)}</dd>`,
    )
    .join('')}</dl></main>`,
);

/** Adds the pages. They say what any copy of the program says, so they are open to all. */
export function serveDocs(app: NestExpressApplication, document: () => OpenApi): void {
  const get = (
    path: string,
    handler: (request: Request, response: Response, next: NextFunction) => void,
  ): void =>
    void app.use(path, (request: Request, response: Response, next: NextFunction) =>
      request.path === '/' && (request.method === 'GET' || request.method === 'HEAD')
        ? handler(request, response, next)
        : next(),
    );
  const give = (path: string, type: string, text: (request: Request) => string | undefined): void => {
    get(path, (request, response, next) => {
      const found = text(request);
      if (found === undefined) return next();
      response.setHeader('Cache-Control', 'no-cache').type(type).send(found);
    });
  };
  give('/api/openapi.json', 'application/json', () => JSON.stringify(document()));
  give('/api/docs', 'html', () => swagger);
  give('/api/docs/start.js', 'js', () => start);
  give('/api/docs/page.css', 'css', () => style);
  give('/api/docs/errors', 'html', () => errorList);
  give('/api/docs/errors/:code', 'html', ({ params: { code } }) =>
    typeof code === 'string' && isCode(code) ? errorPage(code) : undefined,
  );
  const files = dirname(require.resolve('swagger-ui-dist/package.json'));
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js'])
    get(`/api/docs/${file}`, (_request, response) =>
      response.setHeader('Cache-Control', 'public, max-age=86400').sendFile(join(files, file)),
    );
}

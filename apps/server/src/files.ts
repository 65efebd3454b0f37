/**
 * The workbench's files. What has a hash in its name never changes and is kept for a year; the page that names them is
 * asked for again each time. Every address under /b/ is a place in the workbench, which the page finds by itself.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

const YEAR_MS = 365 * 24 * 3600 * 1000;

export function serveFiles(app: NestExpressApplication, folder: string): void {
  const index = join(folder, 'index.html');
  if (!existsSync(index)) return;
  const indexNow = watched(index);
  app.useStaticAssets(join(folder, 'assets'), {
    prefix: '/assets/',
    immutable: true,
    maxAge: YEAR_MS,
    index: false,
    redirect: false,
  });
  app.use(({ method, path, headers }: Request, response: Response, next: NextFunction) => {
    if ((method !== 'GET' && method !== 'HEAD') || !(path === '/' || path === '/b' || path.startsWith('/b/')))
      return next();
    const { page, etag } = indexNow();
    response.setHeader('Cache-Control', 'no-cache').setHeader('ETag', etag);
    if (headers['if-none-match'] === etag) return void response.status(304).end();
    response.setHeader('Content-Type', 'text/html; charset=utf-8').end(page);
  });
  app.useStaticAssets(folder, { index: false, redirect: false, dotfiles: 'ignore', maxAge: 0 });
}

/** The page as it is now: a workbench that is built anew while the server runs has other names in it. */
function watched(file: string): () => { readonly page: Buffer; readonly etag: string } {
  const read = () => {
    const page = readFileSync(file);
    return { page, etag: `"${createHash('sha256').update(page).digest('hex').slice(0, 16)}"` };
  };
  let [seen, now] = [statSync(file).mtimeMs, read()];
  return () => {
    const at = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? seen; // Being built: it stands until it is.
    if (at !== seen) [seen, now] = [at, read()];
    return now;
  };
}

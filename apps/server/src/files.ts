/**
 * The workbench's files. What has a hash in its name never changes and is kept for a year; the page that names them is
 * asked for again each time. Every address under /b/ is a place in the workbench, which the page finds by itself.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

const YEAR_MS = 365 * 24 * 3600 * 1000;

export function serveFiles(app: NestExpressApplication, folder: string): void {
  const index = join(folder, 'index.html');
  if (!existsSync(index)) return;
  const page = readFileSync(index);
  const etag = `"${createHash('sha256').update(page).digest('hex').slice(0, 16)}"`;
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
    response.setHeader('Cache-Control', 'no-cache').setHeader('ETag', etag);
    if (headers['if-none-match'] === etag) return void response.status(304).end();
    response.setHeader('Content-Type', 'text/html; charset=utf-8').end(page);
  });
  app.useStaticAssets(folder, { index: false, redirect: false, dotfiles: 'ignore', maxAge: 0 });
}

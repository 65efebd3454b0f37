/** A Nest application that does nothing: one handler, an empty object. What a request costs before anything is asked. */
require('reflect-metadata');
const { Controller, Get, Module } = require('@nestjs/common');
const { NestFactory } = require('@nestjs/core');

class Nothing {
  nothing() {
    return {};
  }
}
Controller()(Nothing);
Get()(Nothing.prototype, 'nothing', Object.getOwnPropertyDescriptor(Nothing.prototype, 'nothing'));

class Empty {}
Module({ controllers: [Nothing] })(Empty);

void NestFactory.create(Empty, { logger: false })
  .then((app) => app.listen(0, '127.0.0.1').then(() => app.getUrl()))
  .then((url) => process.stderr.write(`nothing at ${url} \n`));

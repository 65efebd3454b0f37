/** Every controller, in the order of the OpenAPI document: each room of questions adds its own. */
import { Charts } from './charts/charts';
import { Exports } from './exports/exports';
import { DocumentQuestions } from './figures/documents';
import { FigureQuestions } from './figures/figures';
import { AccountQuestions } from './journal/accounts';
import { Decisions } from './journal/decisions';
import { JournalQuestions } from './journal/entries';
import { WhatIfQuestions } from './what-if/what-if';
import { BookQuestions } from './system/books';
import { StatementQuestions } from './system/statements';
import { JobQuestions } from './system/jobs.controller';
import { SignIn } from './system/sign-in';
import { Health } from './system/health';

export const controllers = [
  BookQuestions,
  StatementQuestions,
  FigureQuestions,
  DocumentQuestions,
  JournalQuestions,
  AccountQuestions,
  Decisions,
  WhatIfQuestions,
  Charts,
  Exports,
  JobQuestions,
  SignIn,
  Health,
];

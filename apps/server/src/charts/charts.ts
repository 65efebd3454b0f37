/** Charts of the books, as their numbers and as a picture: the same component draws it here as in the workbench. */
import { Controller, Inject } from '@nestjs/common';
import { bridgeDocument } from '@tieout/answers';
import * as documents from '@tieout/documents';
import { BridgePicture } from '@tieout/views';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Asked, Books, Question, type AskedOf } from '../platform';

const SVG = 'image/svg+xml; charset=utf-8';

/** A book that could name its own bridge would still find it here: `profit-bridge` is the bridge `profit`. */
const bridgeNamed = ({ params }: AskedOf): string => params['bridge'] ?? '';

@Controller('books/:book/charts')
export class Charts {
  constructor(@Inject(Books) private readonly books: Books) {}

  @Question(':bridge-bridge.json', {
    answers: documents.bridgeDocument,
    summary: 'What a figure changed by, step by step, and whether it closes: profit, equity or cash',
    example: '/books/{book}/charts/profit-bridge.json',
  })
  numbers(@Asked() asked: AskedOf) {
    return this.books.answer(asked, (session) => bridgeDocument(session, bridgeNamed(asked)));
  }

  @Question(':bridge-bridge.svg', {
    answers: documents.bridgeDocument,
    type: SVG,
    summary: 'The same as a picture',
    example: '/books/{book}/charts/profit-bridge.svg',
  })
  picture(@Asked() asked: AskedOf) {
    return this.books.answer(
      asked,
      (session) =>
        renderToStaticMarkup(
          createElement(BridgePicture, { document: bridgeDocument(session, bridgeNamed(asked)) }),
        ),
      { type: SVG },
    );
  }
}

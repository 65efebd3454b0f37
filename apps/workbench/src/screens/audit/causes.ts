/** What may be behind a break, by the names that a finding and an explanation give it, and what each means. */
export const causes: Readonly<Record<string, string>> = {
  'rounding-plug': 'A part was rounded so that the column adds up as printed',
  'rounded-inputs': 'Worked out from rounded amounts, and not from the exact ones',
  'lost-cell': 'A cell was lost, or stands in the row next to its own',
  sign: 'The sign is the other one',
  'unit-slip': 'Printed in another unit',
  transposition: 'Two digits are exchanged',
  'wrong-period': 'The amount of another period',
  'swapped-rows': 'The amounts of two lines are exchanged',
  'doubled-entry': 'An entry stands once too often',
  'missing-entry': 'An entry is missing',
  unknown: 'No cause fits',
};

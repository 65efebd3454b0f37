/** The version of the tool, as its package has it: stands in records. */
export const version = '0.1.0';

/** The server: the API and the workbench's files, over one ledger. */
export {};

/**
 * Who may do what over the network: three roles, none of which contains another's duty.
 */
export const roles = ['reader', 'preparer', 'approver'] as const;

/**
 * A reader looks and asks what-if; a preparer posts and reverses entries and proposes explanations; an approver closes and
 * reopens periods, confirms repairs and approves what another proposed.
 */
export type Role = (typeof roles)[number];

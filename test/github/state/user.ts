/** A person or an organisation. */
export interface User {
  readonly id: number;
  readonly login: string;
  readonly type: 'User' | 'Organization';
  readonly name: string | null;
  readonly createdAt: number;
}

export interface Team {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly organization: User;
  readonly members: readonly User[];
}

export const roles = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const;
/** What a person may do in a repository; each role may do what those before it may. */
export type Role = (typeof roles)[number];

export function atLeast(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed);
}

/** A token that somebody handed to a program. */
export interface Token {
  readonly value: string;
  readonly user: User;
  /** Null: fine-grained, of which no scopes are told. */
  readonly scopes: readonly string[] | null;
  /** Organisations that refuse the token until it is authorised for their single sign-on. */
  readonly ssoRequiredBy: readonly string[];
  revoked: boolean;
}

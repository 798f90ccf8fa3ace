/** Whether the plan of the owner has something; null where GitHub does not tell which plan it is. */
export type Has = boolean | null;

/** What a plan allows for a repository, as far as it can be known before it is tried. */
export interface PlanLimits {
  readonly environments: Has;
  /** Required reviewers and wait timers. */
  readonly reviewers: Has;
  readonly rulesets: Has;
}

export interface Ownership {
  readonly private: boolean;
  readonly ownedByOrganization: boolean;
  /** Of the person who owns it and is signed in: `free`, `pro`; null where it is not known. */
  readonly plan: string | null;
  /** An Enterprise Server has everything. */
  readonly enterprise: boolean;
}

/** As https://docs.github.com says: private repositories need a paid plan for environments, and Enterprise for reviewers. */
export function limitsOf({ private: isPrivate, ownedByOrganization, plan, enterprise }: Ownership): PlanLimits {
  if (!isPrivate || enterprise) return { environments: true, reviewers: true, rulesets: true };
  if (ownedByOrganization || plan === null) return { environments: null, reviewers: null, rulesets: null };
  const paid = plan !== 'free';
  return { environments: paid, reviewers: false, rulesets: paid };
}

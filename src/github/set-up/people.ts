import * as v from 'valibot';
import type { Reviewer } from '../../core/delivery/environment.js';
import { allPages } from '../api/pages.js';
import type { RepositoryFacts } from '../api/repository.js';
import type { GitHub } from '../client.js';
import { GitHubError } from '../problem.js';

const peopleSchema = v.pipe(
  v.array(v.object({ id: v.number(), login: v.string(), type: v.fallback(v.string(), 'User') })),
  v.transform((people): readonly Reviewer[] =>
    people.filter(({ type }) => type === 'User').map(({ id, login }) => ({ type: 'User', id, name: login })),
  ),
);
const teamsSchema = v.pipe(
  v.array(v.object({ id: v.number(), slug: v.string() })),
  v.transform((teams): readonly Reviewer[] => teams.map(({ id, slug }) => ({ type: 'Team', id, name: slug }))),
);

/** Who could let deployments in: people with access, and the teams of the organization as far as they are shown. */
export async function listReviewers(github: GitHub, repository: RepositoryFacts): Promise<readonly Reviewer[]> {
  const named = { owner: repository.owner, repo: repository.name, per_page: 100 };
  const people = await allPages((page) =>
    github.page(github.rest.repos.listCollaborators, page === 1 ? named : { ...named, page }, peopleSchema, {
      what: 'the people with access',
    }),
  );
  return [...people, ...(repository.ownedByOrganization ? await listTeams(github, repository.owner) : [])];
}

async function listTeams(github: GitHub, organization: string): Promise<readonly Reviewer[]> {
  const parameters = { org: organization, per_page: 100 };
  try {
    return await allPages((page) =>
      github.page(github.rest.teams.list, page === 1 ? parameters : { ...parameters, page }, teamsSchema, {
        what: `the teams of ${organization}`,
      }),
    );
  } catch (error) {
    // The sign-in may not include them; people can be chosen all the same.
    if (error instanceof GitHubError) return [];
    throw error;
  }
}

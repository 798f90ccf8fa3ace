import * as v from 'valibot';
import type { ImageVersion } from '../core/actions/delivery.js';
import type { GitHub, Page } from './client.js';
import { id, optionalTime, textOrEmpty, time } from './api/fields.js';
import { allPages } from './api/pages.js';
import type { RepositoryFacts } from './api/repository.js';

const versionsSchema = v.array(
  v.pipe(
    v.object({
      id,
      name: v.string(),
      metadata: v.fallback(
        v.nullish(v.object({ container: v.fallback(v.nullish(v.object({ tags: v.array(v.string()) })), null) })),
        null,
      ),
      created_at: time,
      updated_at: optionalTime,
      html_url: textOrEmpty,
    }),
    v.transform((answer): ImageVersion => ({
      id: answer.id,
      digest: answer.name,
      tags: answer.metadata?.container?.tags ?? [],
      createdAt: answer.created_at,
      updatedAt: answer.updated_at ?? answer.created_at,
      url: answer.html_url,
    })),
  ),
);

const userSchema = v.object({ login: v.string() });
const packageSchema = v.object({
  visibility: v.fallback(v.nullish(v.string()), null),
  html_url: textOrEmpty,
  repository: v.fallback(v.nullish(v.object({ full_name: v.string() })), null),
});

const what = 'the images';

/** The name that container.yml gives the package. */
export const packageName = (repository: Pick<RepositoryFacts, 'name'>): string => repository.name.toLowerCase();

interface ListPage {
  readonly per_page: number;
  readonly page?: number;
}

/** Whose packages they are decides where GitHub lists them. */
async function listing(github: GitHub, repository: RepositoryFacts, signal?: AbortSignal) {
  const common = { package_type: 'container' as const, package_name: packageName(repository) };
  const { packages } = github.rest;
  if (repository.ownedByOrganization) {
    const parameters = { ...common, org: repository.owner };
    return {
      versions: (page: ListPage) =>
        github.page(packages.getAllPackageVersionsForPackageOwnedByOrg, { ...parameters, ...page }, versionsSchema, {
          what,
          signal,
        }),
      itself: () => github.get(packages.getPackageForOrganization, parameters, packageSchema, { what, signal }),
    };
  }
  const me = github.signedIn()
    ? await github.get(github.rest.users.getAuthenticated, {}, userSchema, { what: 'the account', signal })
    : null;
  if (me?.login.toLowerCase() === repository.owner.toLowerCase()) {
    // Only here are private packages of a person listed.
    return {
      versions: (page: ListPage) =>
        github.page(
          packages.getAllPackageVersionsForPackageOwnedByAuthenticatedUser,
          { ...common, ...page },
          versionsSchema,
          { what, signal },
        ),
      itself: () => github.get(packages.getPackageForAuthenticatedUser, common, packageSchema, { what, signal }),
    };
  }
  const parameters = { ...common, username: repository.owner };
  return {
    // How long its pages are cannot be said there; that there are further ones, its answers tell.
    versions: ({ page }: ListPage) =>
      github.page(
        packages.getAllPackageVersionsForPackageOwnedByUser,
        { ...parameters, ...(page === undefined ? {} : { page }) },
        versionsSchema,
        {
          what,
          signal,
        },
      ),
    itself: () => github.get(packages.getPackageForUser, parameters, packageSchema, { what, signal }),
  };
}

/** Every version of the repository's image, newest first. At most 1,000. */
export async function listImages(
  github: GitHub,
  repository: RepositoryFacts,
  signal?: AbortSignal,
): Promise<readonly ImageVersion[]> {
  const { versions } = await listing(github, repository, signal);
  return allPages<ImageVersion>((page): Promise<Page<readonly ImageVersion[]>> =>
    versions({ per_page: 100, ...(page === 1 ? {} : { page }) }),
  );
}

/** How the package of the image is set. */
export interface ImagePackage {
  readonly visibility: string | null;
  /** The repository it is linked to, `owner/name`; null for none. */
  readonly repository: string | null;
  readonly url: string;
}

/** Rejects with `not-found` where no image was pushed yet. */
export async function getImagePackage(
  github: GitHub,
  repository: RepositoryFacts,
  signal?: AbortSignal,
): Promise<ImagePackage> {
  const { itself } = await listing(github, repository, signal);
  const { visibility, repository: linked, html_url } = await itself();
  return { visibility: visibility ?? null, repository: linked?.full_name ?? null, url: html_url };
}

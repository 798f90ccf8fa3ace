import { notFound, ok, type Call, type Handlers } from '../http/call.js';
import { paged } from '../http/paging.js';
import { shownPackage, shownVersion } from '../shapes/delivery.js';
import type { Package } from '../state/delivery.js';
import type { User } from '../state/user.js';
import { viewerOf } from './runs.js';

export const packages: Handlers = {
  'packages/list-packages-for-organization': (call) => list(call, ownerOf(call)),
  'packages/list-packages-for-user': (call) => list(call, ownerOf(call)),
  'packages/get-package-for-organization': (call) => one(call, ownerOf(call)),
  'packages/get-package-for-user': (call) => one(call, ownerOf(call)),
  'packages/get-package-for-authenticated-user': (call) => one(call, viewerOf(call)),
  'packages/get-all-package-versions-for-package-owned-by-org': (call) => versions(call, ownerOf(call)),
  'packages/get-all-package-versions-for-package-owned-by-user': (call) => versions(call, ownerOf(call)),
  'packages/get-all-package-versions-for-package-owned-by-authenticated-user': (call) => versions(call, viewerOf(call)),
  'packages/get-package-version-for-organization': (call) => version(call, ownerOf(call)),
  'packages/get-package-version-for-user': (call) => version(call, ownerOf(call)),
  'packages/get-package-version-for-authenticated-user': (call) => version(call, viewerOf(call)),
};

/** An organisation is found below /orgs only, a person below /users only. */
function ownerOf({ world, params }: Call): User {
  const owner = world.users.get((params['org'] ?? params['username'] ?? '').toLowerCase());
  if (owner?.type !== ('org' in params ? 'Organization' : 'User')) throw notFound();
  return owner;
}

/** Below /users a private package is seen by its owner, elsewhere by those who may read its repository. */
function maySee({ world, viewer, params }: Call, { owner, visibility, repository }: Package): boolean {
  if (visibility === 'public' || owner === viewer) return true;
  const [login = '', name = ''] = repository?.split('/') ?? [];
  const role = world.findRepository(login, name)?.role(viewer) ?? 'none';
  return 'org' in params && role !== 'none';
}

function list(call: Call, owner: User) {
  const found = call.world.packages.filter((candidate) => candidate.owner === owner && maySee(call, candidate));
  const wanted = call.query.get('package_type') === 'container' ? found : [];
  return paged(call, wanted, (container) => shown(call, container));
}

function packageOf(call: Call, owner: User): Package {
  const { package_type: type, package_name: name } = call.params;
  const found = call.world.packages.find((candidate) => candidate.owner === owner && candidate.name === name);
  if (found === undefined || type !== 'container' || !maySee(call, found)) throw notFound();
  return found;
}

function one(call: Call, owner: User) {
  return ok(shown(call, packageOf(call, owner)));
}

function shown({ world }: Call, container: Package) {
  const [login = '', name = ''] = container.repository?.split('/') ?? [];
  return shownPackage(world.findRepository(login, name), container, world.addresses);
}

function versions(call: Call, owner: User) {
  const container = packageOf(call, owner);
  const deleted = call.query.get('state') === 'deleted';
  const all = deleted ? [] : [...container.versions].sort((a, b) => b.createdAt - a.createdAt || b.id - a.id);
  return paged(call, all, (found) => shownVersion(container, found, call.world.addresses));
}

function version(call: Call, owner: User) {
  const container = packageOf(call, owner);
  const found = container.versions.find(({ id }) => String(id) === call.params['package_version_id']);
  if (found === undefined) throw notFound();
  return ok(shownVersion(container, found, call.world.addresses));
}

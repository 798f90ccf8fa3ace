import { notFound, ok, type Answer, type Call, type Handlers } from '../http/call.js';
import { paged } from '../http/paging.js';
import { textOf } from '../json.js';
import { shownAsset, shownRelease } from '../shapes/delivery.js';
import type { Release } from '../state/delivery.js';
import { atLeast } from '../state/user.js';

export const releases: Handlers = {
  'repos/list-releases': (call) => {
    const { repository, viewer } = call;
    // A draft is seen by those who may publish it.
    const drafts = atLeast(repository.role(viewer), 'write');
    const found = repository.deliveries.releases
      .filter(({ draft }) => drafts || !draft)
      .sort((a, b) => (b.publishedAt ?? b.createdAt) - (a.publishedAt ?? a.createdAt));
    return paged(call, found, (release) => shownRelease(repository, release));
  },
  'repos/get-latest-release': ({ repository }) => answer(repository, repository.deliveries.latestRelease),
  'repos/get-release-by-tag': ({ repository, params }) =>
    answer(
      repository,
      repository.deliveries.releases.find(({ tag, draft }) => tag === params['tag'] && !draft),
    ),
  'repos/get-release': (call) => ok(shownRelease(call.repository, releaseOf(call))),
  'repos/update-release': update,
  'repos/list-release-assets': (call) => {
    const release = releaseOf(call);
    return paged(call, release.assets, (asset) => shownAsset(call.repository, release, asset));
  },
  'repos/get-release-asset': (call) => {
    const id = Number(call.params['asset_id']);
    const release = call.repository.deliveries.releases.find(({ assets }) => assets.some((asset) => asset.id === id));
    const asset = release?.assets.find((candidate) => candidate.id === id);
    if (release === undefined || asset === undefined) throw notFound();
    if (!call.accept.includes('application/octet-stream')) return ok(shownAsset(call.repository, release, asset));
    asset.downloads++;
    return { status: 302, headers: { location: call.blobs.sign(() => asset.bytes, asset.contentType, asset.name) } };
  },
};

function answer(repository: Call['repository'], release: Release | undefined): Answer {
  if (release === undefined) throw notFound();
  return ok(shownRelease(repository, release));
}

function releaseOf({ repository, params }: Call): Release {
  const release = repository.deliveries.releases.find(({ id }) => String(id) === params['release_id']);
  if (release === undefined) throw notFound();
  return release;
}

function update(call: Call): Answer {
  const { repository, body, world } = call;
  const release = releaseOf(call);
  release.tag = textOf(body['tag_name']) ?? release.tag;
  release.name = textOf(body['name']) ?? release.name;
  release.body = textOf(body['body']) ?? release.body;
  if (typeof body['prerelease'] === 'boolean') release.prerelease = body['prerelease'];
  if (typeof body['draft'] === 'boolean') release.draft = body['draft'];
  if (!release.draft) release.publishedAt ??= world.clock.now;
  if (body['make_latest'] === 'true') {
    release.latest = 1 + Math.max(...repository.deliveries.releases.map(({ latest }) => latest));
  }
  return ok(shownRelease(repository, release));
}

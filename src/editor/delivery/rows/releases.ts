import { l10n, MarkdownString, ThemeIcon } from 'vscode';
import type { Release } from '../../../core/actions/delivery.js';
import { escaped, pageLink, tooltip } from '../../status/tooltip.js';
import { age, date, size } from '../../status/words.js';
import type { Row } from '../../tree/row.js';

/** The releases, newest first. */
export function releasesRow(releases: readonly Release[] | null, now: number): Row | undefined {
  if (releases === null || releases.length === 0) return undefined;
  const latest = releases.find(({ draft, prerelease }) => !draft && !prerelease);
  return {
    id: 'releases',
    label: l10n.t('Releases'),
    description: latest ? l10n.t('newest {0}', latest.tag) : l10n.t('{0} prereleases', releases.length),
    tokens: ['releases'],
    children: releases.map((release) => releaseRow(release, release === latest, now)),
  };
}

function releaseRow(release: Release, isLatest: boolean, now: number): Row {
  const { tag, draft, prerelease, publishedAt, createdAt, author } = release;
  const kind = draft ? l10n.t('draft') : prerelease ? l10n.t('prerelease') : isLatest ? l10n.t('latest') : undefined;
  const id = `release/${release.id}`;
  const description = [kind, age(publishedAt ?? createdAt, now), author ?? undefined]
    .filter((part) => part !== undefined)
    .join(', ');
  return {
    id,
    label: tag,
    description,
    icon: new ThemeIcon(draft ? 'edit' : prerelease ? 'beaker' : 'tag'),
    accessible: l10n.t('Release {0}, {1}', tag, description),
    tooltip: () => {
      const text = tooltip([release.name === '' ? tag : release.name, date(publishedAt ?? createdAt)]);
      const notes = release.notes.slice(0, 600);
      // What people wrote is shown as text: it may not run commands or fetch pictures.
      if (notes !== '') text.appendMarkdown(`\n\n${escaped(notes)}`);
      const links = tooltip([], [pageLink(l10n.t('Open on GitHub'), release.url)]);
      const whole = new MarkdownString(`${text.value}${links.value}`);
      whole.isTrusted = links.isTrusted ?? false;
      return whole;
    },
    tokens: ['release', 'page', draft ? 'draft' : 'published', ...(isLatest ? ['latest'] : [])],
    target: { kind: 'release', release },
    children:
      release.assets.length === 0
        ? undefined
        : release.assets.map((asset) => ({
            id: `${id}/${asset.name}`,
            label: asset.name,
            description: l10n.t('{0}, {1} downloads', size(asset.size), asset.downloads),
            icon: new ThemeIcon('file-zip'),
            tooltip: () => tooltip([asset.name, asset.digest ?? undefined], [pageLink(l10n.t('Download'), asset.url)]),
            tokens: ['asset'],
          })),
  };
}

import { l10n, ThemeIcon } from 'vscode';
import type { ImageVersion } from '../../../core/actions/delivery.js';
import type { OpenRepository } from '../../github/github.js';
import { pageLink, tooltip } from '../../status/tooltip.js';
import { age, moment } from '../../status/words.js';
import { problemRow } from '../../pipeline/rows/notice.js';
import { showProblem } from '../../github/problems-shown.js';
import type { Row } from '../../tree/row.js';

/** The container images; where more than the usual permission is needed, a row that asks for it. */
export function imagesRow({ id, store }: OpenRepository, now: number): Row | undefined {
  const { images } = store.snapshot.delivery;
  const problem = store.connection.problems?.get('images');
  // While nothing can be asked, what was refused before is not known to be allowed.
  const unknown = store.connection.problem !== null && store.snapshot.delivery.environments !== null;
  if (images === null && (problem || unknown)) {
    if (problem && problem.kind !== 'missing-scope' && problem.kind !== 'signed-out' && problem.kind !== 'forbidden') {
      return problemRow('images', showProblem(problem, id), l10n.t('Images'));
    }
    const text = l10n.t('Images are seen only with the permission read:packages. Nothing else needs it.');
    return {
      id: 'images',
      label: l10n.t('Images'),
      description: l10n.t('show them…'),
      icon: new ThemeIcon('key'),
      tooltip: () => tooltip([text], [{ title: l10n.t('Show Container Images…'), command: 'rustCi.showImages' }]),
      accessible: text,
      tokens: ['imagesHidden'],
      command: { command: 'rustCi.showImages', title: l10n.t('Show Container Images…') },
    };
  }
  if (images === null || images.length === 0) return undefined;
  const tagged = images.filter(({ tags }) => tags.length > 0);
  return {
    id: 'images',
    label: l10n.t('Images'),
    description: tagged.length === 1 ? l10n.t('1 with a tag') : l10n.t('{0} with a tag', tagged.length),
    tokens: ['images'],
    children: tagged.map((image) => imageRow(image, now)),
  };
}

function imageRow(image: ImageVersion, now: number): Row {
  const { tags, digest, updatedAt, createdAt, url } = image;
  return {
    id: `image/${image.id}`,
    label: tags.join(', '),
    description: `${digest.replace('sha256:', '').slice(0, 12)}, ${age(createdAt, now)}`,
    icon: new ThemeIcon(tags.includes('latest') ? 'vm-active' : 'package'),
    accessible: l10n.t('Image {0}', tags.join(', ')),
    tooltip: () =>
      tooltip(
        [tags.join(', '), digest, l10n.t('Pushed {0}', moment(updatedAt))],
        [pageLink(l10n.t('Open on GitHub'), url)],
      ),
    tokens: ['image', 'page', ...(tags.includes('latest') ? ['latest'] : [])],
    target: { kind: 'image', image },
  };
}

import { rule } from '../../rule';
import type { RuleContext } from '../../rule';
import type { ScalarNode } from '../../yaml/node';

const action = (runs: string): { path: string; text: string } => ({
  path: 'action.yml',
  text: `name: Build\ndescription: Builds.\nruns:\n${runs}`,
});

const icons = new Set(
  'activity airplay alert-circle alert-octagon alert-triangle align-center align-justify align-left align-right anchor aperture archive arrow-down-circle arrow-down-left arrow-down-right arrow-down arrow-left-circle arrow-left arrow-right-circle arrow-right arrow-up-circle arrow-up-left arrow-up-right arrow-up at-sign award bar-chart-2 bar-chart battery-charging battery bell-off bell bluetooth bold book-open book bookmark box briefcase calendar camera-off camera cast check-circle check-square check chevron-down chevron-left chevron-right chevron-up chevrons-down chevrons-left chevrons-right chevrons-up circle clipboard clock cloud-drizzle cloud-lightning cloud-off cloud-rain cloud-snow cloud code command compass copy corner-down-left corner-down-right corner-left-down corner-left-up corner-right-down corner-right-up corner-up-left corner-up-right cpu credit-card crop crosshair database delete disc dollar-sign download-cloud download droplet edit-2 edit-3 edit external-link eye-off eye fast-forward feather file-minus file-plus file-text file film filter flag folder-minus folder-plus folder gift git-branch git-commit git-merge git-pull-request globe grid hard-drive hash headphones heart help-circle home image inbox info italic layers layout life-buoy link-2 link list loader lock log-in log-out mail map-pin map maximize-2 maximize menu message-circle message-square mic-off mic minimize-2 minimize minus-circle minus-square minus monitor moon more-horizontal more-vertical move music navigation-2 navigation octagon package paperclip pause-circle pause percent phone-call phone-forwarded phone-incoming phone-missed phone-off phone-outgoing phone pie-chart play-circle play plus-circle plus-square plus pocket power printer radio refresh-ccw refresh-cw repeat rewind rotate-ccw rotate-cw rss save scissors search send server settings share-2 share shield-off shield shopping-bag shopping-cart shuffle sidebar skip-back skip-forward slash sliders smartphone speaker square star stop-circle sun sunrise sunset table tablet tag target terminal thermometer thumbs-down thumbs-up toggle-left toggle-right trash-2 trash trending-down trending-up triangle truck tv type umbrella underline unlock upload-cloud upload user-check user-minus user-plus user-x user users video-off video voicemail volume-1 volume-2 volume-x volume watch wifi-off wifi wind x-circle x-square x zap-off zap zoom-in zoom-out'.split(
    ' ',
  ),
);
const colours = new Set(['white', 'black', 'yellow', 'blue', 'green', 'orange', 'red', 'purple', 'gray-dark']);

export const actionMetadata = rule({
  code: 'action-metadata',
  category: 'correctness',
  title: 'An action that cannot run or be shown',
  severity: 'error',
  description:
    'An `action.yml` names a runtime that runners do not have (`node20` and `node24` are there), a file that does not exist, or an icon or colour that the Marketplace does not know.',
  bad: [
    action('  using: node12\n  main: index.js\n'),
    { ...action('  using: node24\n  main: dist/index.js\n'), files: { 'index.js': '' } },
  ],
  good: [{ ...action('  using: node24\n  main: dist/index.js\n'), files: { 'dist/index.js': '' } }],
  links: ['https://docs.github.com/actions/reference/workflows-and-actions/metadata-syntax'],
  source: 'actionlint: action',
  files: ['action'],
  check: (context) => {
    const { action: metadata, edit, report } = context;
    if (metadata === undefined) return;
    const { using, runs } = metadata;
    if (using !== undefined && !using.isNull) {
      const node = /^node(\d+)$/i.exec(using.text)?.[1];
      if (node !== undefined && Number(node) < 20)
        report(using, `Runners do not have ${using.text} any more.`, {
          tags: ['deprecated'],
          fixes: [edit.unsafeFix('Change to node24', edit.setScalar(using, 'node24'))],
        });
      else if (node !== undefined && !['20', '24'].includes(node))
        report(using, `There is no runtime "${using.text}".`);
      else if (node === undefined && !['composite', 'docker'].includes(using.text.toLowerCase()))
        report(using, `There is no runtime "${using.text}": it is composite, docker, node20 or node24.`);
      if (node !== undefined) for (const key of ['main', 'pre', 'post']) checkFile(runs?.scalar(key), context);
      const image = runs?.scalar('image');
      if (image !== undefined && !image.text.startsWith('docker://')) checkFile(image, context);
    }
    const branding = metadata.node.map('branding');
    const icon = branding?.scalar('icon');
    if (icon !== undefined && !icon.isNull && !icons.has(icon.text.toLowerCase()))
      report(icon, `The Marketplace has no icon "${icon.text}".`);
    const colour = branding?.scalar('color');
    if (colour !== undefined && !colour.isNull && !colours.has(colour.text.toLowerCase()))
      report(colour, `The Marketplace has no colour "${colour.text}".`);
  },
});

/** Compiled files are often left out of the repository, so that only a folder that has something is looked into. */
function checkFile(node: ScalarNode | undefined, { repository, path, report }: RuleContext): void {
  if (node === undefined || node.isNull || node.text.includes('${{') || repository === undefined) return;
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  const file = `${folder}${node.text.replace(/^\.\//, '')}`;
  if (file.includes('..') || repository.exists(file) || repository.list(folder.replace(/\/$/, '')).length === 0) return;
  report(node, `There is no file "${node.text}" beside the action.`);
}

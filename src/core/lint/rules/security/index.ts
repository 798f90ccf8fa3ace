import type { Rule } from '../../rule';
import { adhocPackages } from './adhoc-packages';
import { anonymousDefinition } from './anonymous-definition';
import { archivedUses } from './archived-uses';
import { artipacked } from './artipacked';
import { botConditions } from './bot-conditions';
import { cachePoisoning } from './cache-poisoning';
import { compromisedAction } from './compromised-action';
import { concurrencyLimits } from './concurrency-limits';
import { dangerousTriggers } from './dangerous-triggers';
import { dependabotCooldown } from './dependabot-cooldown';
import { dependabotExecution } from './dependabot-execution';
import { excessivePermissions } from './excessive-permissions';
import { forbiddenUses } from './forbidden-uses';
import { githubApp } from './github-app';
import { githubEnv } from './github-env';
import { hardcodedContainerCredentials } from './hardcoded-container-credentials';
import { insecureCommands } from './insecure-commands';
import { misfeature } from './misfeature';
import { obfuscation } from './obfuscation';
import { overprovisionedSecrets } from './overprovisioned-secrets';
import { refVersionMismatch } from './ref-version-mismatch';
import { secretsInherit } from './secrets-inherit';
import { secretsOutsideEnv } from './secrets-outside-env';
import { selfHostedRunner } from './self-hosted-runner';
import { selfRepository } from './self-repository';
import { superfluousActions } from './superfluous-actions';
import { templateInjection } from './template-injection';
import { typosquatUses } from './typosquat-uses';
import { undocumentedPermissions } from './undocumented-permissions';
import { unpinnedImages } from './unpinned-images';
import { unpinnedTools } from './unpinned-tools';
import { unpinnedUses } from './unpinned-uses';
import { unredactedSecrets } from './unredacted-secrets';
import { unsoundCondition } from './unsound-condition';
import { unsoundContains } from './unsound-contains';
import { unsoundTernary } from './unsound-ternary';
import { useTrustedPublishing } from './use-trusted-publishing';

export const security: readonly Rule[] = [
  adhocPackages,
  anonymousDefinition,
  archivedUses,
  artipacked,
  botConditions,
  cachePoisoning,
  compromisedAction,
  concurrencyLimits,
  dangerousTriggers,
  dependabotCooldown,
  dependabotExecution,
  excessivePermissions,
  forbiddenUses,
  githubApp,
  githubEnv,
  hardcodedContainerCredentials,
  insecureCommands,
  misfeature,
  obfuscation,
  overprovisionedSecrets,
  refVersionMismatch,
  secretsInherit,
  secretsOutsideEnv,
  selfHostedRunner,
  selfRepository,
  superfluousActions,
  templateInjection,
  typosquatUses,
  undocumentedPermissions,
  unpinnedImages,
  unpinnedTools,
  unpinnedUses,
  unredactedSecrets,
  unsoundCondition,
  unsoundContains,
  unsoundTernary,
  useTrustedPublishing,
];

import type { Rule } from '../../rule';
import { cacheBeforeToolchain } from './cache-before-toolchain';
import { cargoDenyOrder } from './cargo-deny-order';
import { cargoInstallUnlocked } from './cargo-install-unlocked';
import { cargoInstallVersion } from './cargo-install-version';
import { cargoUnlocked } from './cargo-unlocked';
import { gitleaksAction } from './gitleaks-action';
import { gitleaksCommand } from './gitleaks-command';
import { missingComponent } from './missing-component';
import { missingTarget } from './missing-target';
import { missingTimeout } from './missing-timeout';
import { msrvNotTested } from './msrv-not-tested';
import { tarpaulinEngine } from './tarpaulin-engine';
import { tarpaulinThreshold } from './tarpaulin-threshold';
import { toolchainOverridden } from './toolchain-overridden';
import { uncachedBuild } from './uncached-build';
import { unknownCargoTarget } from './unknown-cargo-target';
import { unknownFeature } from './unknown-feature';
import { unknownPackage } from './unknown-package';
import { unknownRustVersion } from './unknown-rust-version';
import { versionAsNumber } from './version-as-number';

export const rust: readonly Rule[] = [
  toolchainOverridden,
  msrvNotTested,
  cacheBeforeToolchain,
  unknownRustVersion,
  versionAsNumber,
  missingComponent,
  missingTarget,
  unknownPackage,
  unknownFeature,
  unknownCargoTarget,
  cargoInstallUnlocked,
  cargoInstallVersion,
  cargoUnlocked,
  uncachedBuild,
  cargoDenyOrder,
  tarpaulinThreshold,
  tarpaulinEngine,
  gitleaksCommand,
  gitleaksAction,
  missingTimeout,
];

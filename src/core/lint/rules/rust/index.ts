import type { Rule } from '../../rule';
import { cacheBeforeToolchain } from './cache-before-toolchain';
import { cargoDenyOrder } from './cargo-deny-order';
import { cargoInstallUnlocked, cargoInstallVersion, cargoUnlocked } from './cargo-install';
import { missingComponent } from './missing-component';
import { missingTarget } from './missing-target';
import { missingTimeout } from './missing-timeout';
import { msrvNotTested } from './msrv-not-tested';
import { unknownRustVersion, versionAsNumber } from './rust-version';
import { toolchainOverridden } from './toolchain-overridden';
import { gitleaksAction, gitleaksCommand, tarpaulinEngine, tarpaulinThreshold } from './tools';
import { uncachedBuild } from './uncached-build';
import { unknownCargoTarget, unknownFeature, unknownPackage } from './unknown-cargo-name';

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

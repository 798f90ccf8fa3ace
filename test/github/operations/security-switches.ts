import { noContent, notFound, ok, type Handlers } from '../http/call.js';

export const securitySwitches: Handlers = {
  'repos/check-vulnerability-alerts': ({ repository }) => {
    if (!repository.vulnerabilityAlerts) throw notFound();
    return noContent;
  },
  'repos/enable-vulnerability-alerts': ({ repository }) => {
    repository.vulnerabilityAlerts = true;
    return noContent;
  },
  'repos/disable-vulnerability-alerts': ({ repository }) => {
    repository.vulnerabilityAlerts = false;
    repository.automatedFixes = false;
    return noContent;
  },
  'repos/check-automated-security-fixes': ({ repository }) => ok({ enabled: repository.automatedFixes, paused: false }),
  'repos/enable-automated-security-fixes': ({ repository }) => {
    repository.automatedFixes = true;
    return noContent;
  },
  'repos/disable-automated-security-fixes': ({ repository }) => {
    repository.automatedFixes = false;
    return noContent;
  },
};

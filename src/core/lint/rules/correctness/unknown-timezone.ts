import { closest } from '../../suggest';
import { rule } from '../../rule';
import { workflowOf } from '../examples';
import { schedules } from './schedules';

const on = (zone: string): string =>
  workflowOf('- run: cargo audit', { on: `\n  schedule:\n    - cron: '17 4 * * 1'\n      timezone: ${zone}` });

export const unknownTimezone = rule({
  code: 'unknown-timezone',
  category: 'correctness',
  title: 'A time zone that does not exist',
  severity: 'error',
  description: 'The time zone of a schedule is a name of the IANA database, such as `Europe/Berlin` or `UTC`.',
  bad: [on('Europe/Berln')],
  good: [on('Europe/Berlin'), on('UTC')],
  links: ['https://www.iana.org/time-zones'],
  source: 'actionlint: events',
  check: ({ workflow, edit, report }) => {
    for (const { timezone } of schedules(workflow)) {
      if (timezone === undefined || timezone.isNull || isZone(timezone.text)) continue;
      const meant = closest(timezone.text, Intl.supportedValuesOf('timeZone'));
      report(
        timezone,
        `There is no time zone "${timezone.text}"${meant === undefined ? '' : `; is "${meant}" meant`}.`,
        {
          fixes: meant === undefined ? [] : [edit.fix(`Change to ${meant}`, edit.setScalar(timezone, meant))],
        },
      );
    }
  },
});

const known = new Map<string, boolean>();

/** Offsets such as `+02:00` are known to Intl, but are no names of zones. */
function isZone(name: string): boolean {
  let zone = known.get(name);
  if (zone === undefined) {
    try {
      new Intl.DateTimeFormat('en', { timeZone: name });
      zone = /^[A-Za-z]/.test(name);
    } catch {
      zone = false;
    }
    known.set(name, zone);
  }
  return zone;
}

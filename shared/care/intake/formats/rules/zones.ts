import { isZone } from '../../../../platform/calendar.ts';
import type { ZoneId } from '../../../../platform/time.ts';

const zoneName = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/;

/**
 * Returns the canonical name of an IANA zone (`us/eastern` is `America/New_York`), or undefined for any other text. A
 * bare offset is no zone: it has no daylight saving time.
 */
export const zoneFrom = (text: string): ZoneId | undefined => {
  if (text.length > 64 || !zoneName.test(text)) return undefined;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions();
    return isZone(timeZone) ? timeZone : undefined;
  } catch {
    return undefined;
  }
};

import { embedScript } from './generated/embed-script.ts';

/** The script that other sites load, with the public address filled in. */
export const renderEmbed = (baseUrl: string): string => embedScript.replace('BASE_URL', () => baseUrl);

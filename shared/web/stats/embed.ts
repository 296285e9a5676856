import { embedScript } from './generated/embed-script.ts';

/** Takes the public address, gives the script that other sites load. */
export const renderEmbed = (baseUrl: string): string => embedScript.replace('BASE_URL', () => baseUrl);

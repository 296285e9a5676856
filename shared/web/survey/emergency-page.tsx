import { messagesFor } from '../../messages/messages.ts';
import type { PageFrame } from './frame.ts';
import { renderPage } from './layout.tsx';

/**
 * Renders the page after a warning sign was reported. It says what to do now and nothing else, whatever became of the
 * answers: no thanks, no links, no care advice.
 */
export const renderEmergencyPage = (frame: PageFrame): string => {
  const { warningSigns } = messagesFor(frame.locale);
  return renderPage({
    frame,
    title: warningSigns.urgentTitle,
    isBare: true,
    children: (
      <div class="urgent">
        <h1>{warningSigns.urgentTitle}</h1>
        <p>{warningSigns.urgentBody}</p>
        <p>
          <a href="tel:911">{warningSigns.urgentCall}</a>
        </p>
      </div>
    ),
  });
};

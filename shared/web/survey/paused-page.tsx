import { messagesFor } from '../../messages/messages.ts';
import type { PageFrame } from './frame.ts';
import { Phone } from './layout.tsx';
import { simplePage } from './simple-page.tsx';
import { WarningSigns } from './warning-signs.tsx';

/** Renders the page that replaces a survey while the clinic has paused it. */
export const renderPausedPage = (frame: PageFrame): string => {
  const { paused } = messagesFor(frame.locale);
  return simplePage(
    frame,
    paused.title,
    <>
      <p>{paused.body}</p>
      <p>{paused.comeBack}</p>
      <p>
        {paused.call} <Phone number={frame.clinic.phone} />
      </p>
      <WarningSigns frame={frame} open={false} />
    </>,
  );
};

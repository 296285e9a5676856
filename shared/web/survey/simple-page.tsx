import type { ComponentChildren } from 'preact';
import type { PageFrame } from './frame.ts';
import { renderPage } from './layout.tsx';

/** Renders a page whose title is also its heading. */
export const simplePage = (frame: PageFrame, title: string, children: ComponentChildren): string =>
  renderPage({
    frame,
    title,
    children: (
      <>
        <h1>{title}</h1>
        {children}
      </>
    ),
  });

import type { ComponentChildren } from 'preact';
import type { PageFrame } from './frame.ts';
import { renderPage } from './layout.tsx';

/** Takes a page's frame, its title and what stands under it, gives its HTML: the title is also its heading. */
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

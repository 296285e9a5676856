import type { ComponentChildren, VNode } from 'preact';

/** A part that a small screen scrolls sideways, with the keyboard too. */
export const Scroll = (props: { readonly label: string; readonly children: ComponentChildren }): VNode => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the keyboard's focus (WCAG 2.1.1)
  <section class="scroll" aria-label={`${props.label}, table`} tabIndex={0}>
    {props.children}
  </section>
);

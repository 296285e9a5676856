import type { ComponentChildren, VNode } from 'preact';

/** Lets small screens scroll its content sideways, by keyboard too. */
export const Scroll = (props: { readonly label: string; readonly children: ComponentChildren }): VNode => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be focusable (WCAG 2.1.1)
  <section class="scroll" aria-label={`${props.label}, table`} tabIndex={0}>
    {props.children}
  </section>
);

/** A status pill. The word carries the meaning; the border's color only supports it. */
export const Tag = (props: {
  readonly mood: 'plain' | 'good' | 'bad' | 'busy';
  readonly children: ComponentChildren;
}): VNode => <span class={props.mood === 'plain' ? 'tag' : `tag ${props.mood}`}>{props.children}</span>;

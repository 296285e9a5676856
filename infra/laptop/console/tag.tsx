import type { ComponentChildren, VNode } from 'preact';

/** A state in a word, with a border that carries it too. */
export const Tag = (props: {
  readonly mood: 'plain' | 'good' | 'bad' | 'busy';
  readonly children: ComponentChildren;
}): VNode => <span class={props.mood === 'plain' ? 'tag' : `tag ${props.mood}`}>{props.children}</span>;

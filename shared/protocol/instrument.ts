import type { FamilyId } from './families.ts';

export const changes = ['worse', 'same', 'better'] as const;

export type Change = (typeof changes)[number];

/**
 * The answers of one survey. The direction of change (`condition`) is asked first; how much better only if
 * better, because a 0-100 scale alone cannot express worsening.
 */
export type Answers = {
  readonly condition: Change;
  /** Percent better, 1-100. Present exactly when `condition` is `better`. */
  readonly improvementPercent?: number;
  readonly qualityOfLife?: Change;
  readonly pain?: Change;
  readonly physicalFunction?: Change;
  /** Asked after `mild` only. */
  readonly standingWalking?: Change;
  /** Pain now, numeric rating scale 0-10. */
  readonly nrsPain?: number;
  /** PEG items 0-10: average pain, enjoyment of life, general activity, in the past week. */
  readonly pegPain?: number;
  readonly pegEnjoyment?: number;
  readonly pegActivity?: number;
  /** Patient global impression of change: 1 very much improved .. 4 no change .. 7 very much worse. */
  readonly pgic?: number;
};

/** Items answered worse / same / better. */
export const changeItemIds = [
  'condition',
  'pain',
  'qualityOfLife',
  'physicalFunction',
  'standingWalking',
] as const satisfies readonly (keyof Answers)[];

export type ChangeItemId = (typeof changeItemIds)[number];

/** Items answered on 0-10, where 10 is the worst. */
export const scaleItemIds = [
  'nrsPain',
  'pegPain',
  'pegEnjoyment',
  'pegActivity',
] as const satisfies readonly (keyof Answers)[];

export type ScaleItemId = (typeof scaleItemIds)[number];

/** Items answered with a number, whatever its form on the page. */
export type NumberItemId = ScaleItemId | 'improvementPercent' | 'pgic';

export type ItemId = ChangeItemId | NumberItemId;

type Asked = {
  readonly required: boolean;
  /** Asked only after this answer. */
  readonly onlyWhen?: { readonly condition: 'better' };
  /** The families after which it is asked; all when absent. */
  readonly families?: readonly FamilyId[];
};

type Range = { readonly min: number; readonly max: number };

export type ChangeItem = Asked & { readonly kind: 'change'; readonly id: ChangeItemId };

export type PercentItem = Asked & Range & { readonly kind: 'percent'; readonly id: 'improvementPercent' };

export type ScaleItem = Asked & Range & { readonly kind: 'scale'; readonly id: ScaleItemId };

export type PgicItem = Asked & Range & { readonly kind: 'pgic'; readonly id: 'pgic' };

/** A question. Numbers are whole, from `min` to `max`. */
export type Item = ChangeItem | PercentItem | ScaleItem | PgicItem;

/** The screens, in order; a patient never sees more than seven. */
export const screenIds = ['condition', 'pain-now', 'changes', 'past-week', 'overall'] as const;

export type ScreenId = (typeof screenIds)[number];

/** Questions shown together. */
export type Screen = { readonly id: ScreenId; readonly items: readonly Item[] };

const change = (id: ChangeItemId): ChangeItem => ({ kind: 'change', id, required: false });

const scale = (id: ScaleItemId): ScaleItem => ({ kind: 'scale', id, required: false, min: 0, max: 10 });

/**
 * The survey in the order it is asked. Direction comes first, because a 0-100 scale alone cannot express
 * worsening. Only what every answer needs is required: each measure has its own denominator.
 */
export const screens = [
  {
    id: 'condition',
    items: [
      { kind: 'change', id: 'condition', required: true },
      {
        kind: 'percent',
        id: 'improvementPercent',
        required: true,
        onlyWhen: { condition: 'better' },
        min: 1,
        max: 100,
      },
    ],
  },
  { id: 'pain-now', items: [scale('nrsPain')] },
  {
    id: 'changes',
    items: [
      change('pain'),
      change('qualityOfLife'),
      change('physicalFunction'),
      { ...change('standingWalking'), families: ['mild'] },
    ],
  },
  { id: 'past-week', items: [scale('pegPain'), scale('pegEnjoyment'), scale('pegActivity')] },
  { id: 'overall', items: [{ kind: 'pgic', id: 'pgic', required: false, min: 1, max: 7 }] },
] as const satisfies readonly Screen[];

const askedAfter = (family: FamilyId, item: Item): boolean => item.families?.includes(family) ?? true;

/** Returns the screens of a family's survey, each with the items asked in that family. */
export const screensFor = (family: FamilyId): readonly Screen[] =>
  screens.map((screen) => ({
    id: screen.id,
    items: screen.items.filter((item: Item) => askedAfter(family, item)),
  }));

/** Returns a family's items in the order they are asked. */
export const itemsFor = (family: FamilyId): readonly Item[] =>
  screensFor(family).flatMap((screen) => screen.items);

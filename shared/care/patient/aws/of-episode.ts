import * as z from 'zod/mini';

const beforeIds = z.looseObject({
  family: z.string(),
  serviceDate: z.string(),
  episodeId: z.optional(z.never()),
});

/**
 * Creates the schema of an item that belongs to an episode. For an item stored before episodes had ids, the date and
 * family that its key was made of are the id, so its key stays what it is.
 */
export const ofEpisode = <const Shape extends z.core.$ZodShape>(shape: Shape) =>
  z.pipe(
    z.transform((raw: unknown) => {
      const before = beforeIds.safeParse(raw);
      return before.success
        ? { ...before.data, episodeId: `${before.data.serviceDate}#${before.data.family}` }
        : raw;
    }),
    z.object(shape),
  );

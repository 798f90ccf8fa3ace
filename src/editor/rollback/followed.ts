/** Ids of the runs that a notification of their own tells about: others need not. */
export const followed = new Set<number>();

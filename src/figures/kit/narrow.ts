/** Below it, in millimetres, panels do not stand side by side as on a page of two columns' width. */
const NARROW = 130

/** Whether a page is about as narrow as a column of two. */
export const isNarrowPage = (widthMm: number): boolean => widthMm < NARROW

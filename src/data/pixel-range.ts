/** What networks read: a pixel of background (byte 0) is `low`, a pixel of full ink (byte 255) is `high`. */
export const PIXEL_RANGE: { readonly low: number; readonly high: number } = { low: -1, high: 1 }

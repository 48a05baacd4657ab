/** How the learning rate goes over the epochs. */
export type Schedule = 'constant' | 'cosine'

/** The learning rate at a point of training, progress in [0, 1): constant, or half a cosine from the given rate to 0 (Loshchilov and Hutter 2017). */
export const learningRateAt = (schedule: Schedule, rate: number, progress: number): number =>
  schedule === 'constant' ? rate : (rate / 2) * (1 + Math.cos(Math.PI * progress))

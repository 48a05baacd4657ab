import { legibleAt } from './legible-at.js'

// The narrowest that a figure is laid out for by a preset, one column, and as wide as two panels stand side by side.
legibleAt([77, 85, 106])

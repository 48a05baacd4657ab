import { legibleAt } from './legible-at.js'

// Widths of presets between one column and the widest.
legibleAt([140, 152, 171, 178])

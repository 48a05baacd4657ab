export { type Control, type ControlEvaluations, controls, evaluateControls } from './control-evaluations.js'
export { type ControlRow, controlScores } from './control-scores.js'

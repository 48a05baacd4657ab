import { useBackend } from '../../src/backend/use-backend.js'
import { fit as runFit } from '../../src/training/fit.js'
import { network, options, train, validation } from './problem.js'

// Prints the history of a training and what it ended with; the backend is that of the environment.
const [name] = process.argv.slice(2)
const { name: backend } = await useBackend()
const { state } = await runFit({
  network: network(name),
  train,
  validation,
  options: { ...options, epochs: 6, keepProbability: 0.95 },
})
console.log(JSON.stringify({ backend, history: state.history, trained: [...state.trained] }))

import { fixed, wholePercent } from '../../../figures/kit/numbers.js'

const percent = (share: number): string => wholePercent(100 * share)

/** Lists as English writes them: "1, 2 and 3". */
const list = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`

/** What the stations of the tour say; which of two sentences it is depends on the numbers. */
const stations = {
  cosine: 'Cosine similarity',
  flat: 'The same relevance everywhere',
  explanation: 'Explanation',
  caption: (count: number) => `Means over the first ${count} test sequences`,
  question: {
    title: 'Two of three',
    task: (name: string) =>
      `Two of these three images are ${name}. The network has to say so after it read all of them, seven columns at a time.`,
    answer: (name: string, f: number, isRight: boolean) =>
      `R-LSTM answers ${name}, with evidence ${fixed(f, 2)}: ${isRight ? 'right' : 'wrong'}. Deep Taylor decomposition walks back through the network and shares that evidence out among the pixels.`,
    where: (parts: string, score: number, uniform: number) =>
      `The three images receive ${parts} of it. The cosine between that and the two relevant images is ${fixed(score, 2)}; equal relevance on all three, which knows nothing, scores ${fixed(uniform, 2)}.${score > uniform ? '' : ' This explanation does no better.'}`,
  },
  forgetting: {
    title: 'Why early images are forgotten',
    swap: 'Swap the first and the last image',
    oddLast: 'Share of the last image where it is the odd one',
    caption: (count: number) =>
      `Shares of the absolute relevance, means over the first ${count} test sequences`,
    parts: (count: number, one: string, parts: string, other: string, others: string) =>
      `By deep Taylor decomposition of the first ${count} test sequences, the three images receive ${parts} of the relevance of ${one}, and ${others} of that of ${other}.`,
    last: (name: string, share: number) =>
      share > 0.5
        ? `Most of the relevance of ${name} lies on what it read last. At every step its state is computed anew, and relevance is shared between what is new and what was there: little is left for the start.`
        : `Less than half of the relevance of ${name} lies on what it read last.`,
    odd: (one: string, share: number, other: string, otherShare: number) =>
      `Is that where it should be? Where the last image is the odd one out and should receive none, ${one} still gives it ${percent(share)}, ${other} ${percent(otherShare)}. Swap the images: ${share > otherShare ? 'the relevance of the first network stays at the end' : 'see for yourself where it goes'}.`,
  },
  gates: {
    title: 'What a gate does',
    follow: 'Follow the other network',
    early: 'Go back to the end of the first image',
    caption: 'Share of the evidence that the state holds, and how far the forget gate is open',
    holds: (name: string) => `${name}: state holds`,
    what: 'An LSTM keeps a cell beside its computation. Its forget gate multiplies the old cell and its input gate what is new; relevance that walks back takes the way through the cell and is shared out by what either adds.',
    open: (open: number, step: number) =>
      `In this sequence the forget gate is open by ${fixed(open, 2)} on average from step ${step} on: ${open > 0.5 ? 'more of the old cell is kept than dropped' : 'less of the old cell is kept than dropped'}.`,
    held: (one: string, share: number, other: string, otherShare: number, step: number) =>
      `Back at step ${step}, at the end of the first image, the cell of ${one} still holds ${percent(share)} of the evidence, the state of ${other} ${percent(otherShare)}. ${share > otherShare ? 'What the state holds is what earlier images can still receive.' : 'Here the gates keep no more than the plain state does.'}`,
  },
  evenness: {
    title: 'Why the cosine flatters evenness',
    by: {
      cosine: 'Score by the cosine',
      cosineBeyondChance: 'Score beyond chance',
      itemRanking: 'Score by rank',
    },
    flat: (score: number) =>
      `The same relevance everywhere knows nothing, and its cosine is ${fixed(score, 3)}: two of three images are relevant, so evenness is never far off.`,
    other: (count: number, name: string, score: number, even: number, rank: number, evenRank: number) =>
      `${name}: over the first ${count} test sequences its mean cosine is ${fixed(score, 3)}, ${score < even ? 'below that' : 'above that'}. By rank, that is how often a relevant image has more relevance than the odd one, it scores ${fixed(rank, 3)} where evenness has ${fixed(evenRank, 3)}${score < even && rank > evenRank ? ': it knows something, and the cosine hides it' : ''}.`,
    untrained: (name: string, score: number, beyond: number, rank: number, other: number) =>
      `${name}: a network that has learnt nothing has a cosine of ${fixed(score, 3)}${score > other ? ', more than the trained network above' : ''}, with ${fixed(beyond, 3)} beyond chance and ${fixed(rank, 3)} by rank. So read the cosine beside what chance scores.`,
  },
  learnt: {
    title: 'Was it learnt?',
    cosine: (count: number, one: number, other: number) =>
      `R-LSTM before and after its training, by guided backprop. Over the first ${count} test sequences its mean cosine went from ${fixed(other, 3)} to ${fixed(one, 3)}.`,
    ranking: (one: number, other: number) =>
      `By rank it went from ${fixed(other, 3)}, where chance is 0.5, to ${fixed(one, 3)}: ${one - other > 0.1 ? 'where the relevance goes was learnt, and is not the shape of the network alone' : 'training changed little in where relevance goes'}.`,
    right: (one: number, other: number) =>
      `It is right on ${percent(one)} of these sequences, and was on ${percent(other)} before.`,
  },
  otherClass: {
    title: 'Ask about another class',
    back: 'Ask about the majority again',
    method: 'Method',
    asked: (name: string, f: number, label: string, own: number) =>
      name === label
        ? `Asked is the majority, ${label}, for which R-LSTM has the evidence ${fixed(own, 2)}.`
        : `The odd image shows ${name}. R-LSTM has the evidence ${fixed(f, 2)} for it, and ${fixed(own, 2)} for the majority, ${label}.`,
    taylor: (share: number | null, place: number, f: number) =>
      share === null
        ? `Evidence ${fixed(f, 2)} is not positive: deep Taylor decomposition has nothing to share out, and its heatmap is empty. That is an answer too.`
        : `Deep Taylor decomposition gives the odd image, image ${place + 1}, ${percent(share)} of that evidence.`,
    guided: (share: number, place: number) =>
      `Guided backprop asks for slopes, so it has an answer whatever the evidence is: ${percent(share)} of its relevance lies on image ${place + 1}${share > 1 / 3 ? ', more than a third' : ', no more than a third'}.`,
  },
}

/** All that the page says, in English. */
export const en = {
  language: 'en',
  percent,
  list,
  number: (value: number) => fixed(value, 3),
  evidenceNumber: (value: number) => fixed(value, 2),
  page: {
    title: 'Where does a recurrent network look?',
    description:
      'Draw three digits and watch, step by step, where recurrent networks see the evidence for their answer. The networks run in the page.',
    noScript: 'The networks run in this page, by JavaScript: please allow it here.',
    subtitle:
      'Three images, seven columns at a time: the network names the class that two of them share. Draw, and watch where it sees the evidence.',
    skip: 'Skip to the heatmaps',
    footer: (version: string) =>
      `The networks run in this page. Nothing that you draw leaves it, and nothing is fetched from elsewhere. Version ${version}.`,
  },
  status: {
    starting: 'Starting the networks …',
    ready: 'Ready.',
    restarting: 'The computation stopped and is being started anew; your drawing is still here.',
    broken: (why: string) =>
      `The computation stopped several times${why === '' ? '' : ` (${why})`}. Your drawing is still here.`,
    retry: 'Try again',
    took: (milliseconds: number) => `Explained in ${Math.round(milliseconds)} ms.`,
  },
  actions: {
    tour: 'Take the tour',
    link: 'Copy a link',
    linkCopied: 'The link is copied: it holds your drawing and all that is chosen.',
    linkShown: 'The address of this page now holds your drawing and all that is chosen: copy it from there.',
    svg: 'SVG',
    png: 'PNG',
    csv: 'CSV',
    save: 'Save what is seen',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    theme: 'Colours',
  },
  drawing: {
    heading: 'Sequence',
    dataset: 'Images',
    canvas: 'Drawing board',
    help: 'Draw with mouse, pen or finger, or drop a picture. By keyboard: arrow keys move the pen, with Shift further; Space puts a dot, Enter lowers or lifts the pen, E changes to the eraser.',
    describe: (items: readonly string[], sequence: number | null) =>
      `Three images side by side: ${list(items)}.${sequence === null ? '' : ` This is test sequence ${sequence + 1}.`}`,
    empty: 'empty',
    unread: 'drawn, not read yet',
    item: (place: number) => `Image ${place + 1}`,
    pen: 'Pen',
    eraser: 'Eraser',
    width: 'Width',
    undo: 'Undo',
    clear: 'Clear all',
    picture: 'Open a picture …',
    notAPicture: 'That file is no picture that this browser can read.',
    example: 'Test sequence',
    previous: 'Previous test sequence',
    next: 'Next test sequence',
    altered: 'changed',
    swap: (left: number) => `Swap images ${left + 1} and ${left + 2}`,
    erase: (place: number) => `Erase image ${place + 1}`,
    eraseShort: 'Erase',
    move: (place: number, where: 'left' | 'right' | 'up' | 'down') => `Move image ${place + 1} ${where}`,
    say: (place: number) => `What image ${place + 1} is`,
    take: 'Take a test image of',
    tell: 'Say that it is',
    read: 'Let the network read it',
    isRead: (name: string) => `${name} (read)`,
    penAt: (x: number, y: number, isDown: boolean) =>
      `Column ${x + 1}, row ${y + 1}, pen ${isDown ? 'down' : 'up'}`,
  },
  evidence: {
    heading: 'Prediction',
    none: 'Evidence appears as soon as a network is ready.',
    chart: (network: string, predicted: string, f: number) =>
      `Evidence of ${network} for each class; highest for ${predicted}, with ${fixed(f, 2)}.`,
    explain: 'Explain the evidence for',
    asked: { prediction: 'the prediction', label: 'the majority' },
    classes: 'or a class',
    right: 'right',
    wrong: 'wrong',
    logit: 'Evidence',
    class: 'Class',
    predicts: (name: string) => `predicts ${name}`,
  },
  heatmaps: {
    heading: 'Heatmaps',
    networks: 'Networks',
    methods: 'Methods',
    measure: 'Score',
    untrained: (network: string) => `${network}, untrained`,
    loading: (bytes: number) => `Fetching ${fixed(bytes / 1e3, 0)} kB …`,
    follow: (short: string, network: string, method: string) =>
      `${short}: follow ${network} by ${method} through time`,
    picture: (network: string, method: string, target: string, shares: readonly string[], score: string) =>
      `Heatmap of ${network} by ${method} for class ${target}: of the relevance, ${list(shares)}. ${score}`,
    shareOf: (place: number, share: number) => `${percent(share)} on image ${place + 1}`,
    noRelevance:
      'No relevance: the evidence for this class is not positive, and this method shares out positive evidence alone.',
    nowhere: 'no image stands out as the majority, so there is nothing to score',
    scoreText: (measure: string, score: number, baselineName: string, baseline: number) =>
      `${measure} ${fixed(score, 2)}, ${baselineName} ${fixed(baseline, 2)}`,
    relevant: 'where it should go',
    majority: (name: string) => `Two of the three are ${name}: relevance should be there.`,
    noMajority: 'No two images are of one class: an explanation has nowhere in particular to point.',
    blank: 'Draw something, or take a test sequence.',
    numbers: 'Numbers',
    network: 'Network',
    method: 'Method',
    share: (place: number) => `Share of image ${place + 1}`,
    failed: (why: string) => `It could not be loaded: ${why}.`,
    again: 'Try again',
    less: 'no relevance',
    moreRelevance: 'most',
    against: 'against',
    more: 'More methods …',
    addMethod: 'Add a method',
    untrainedShort: 'untrained',
  },
  time: {
    heading: 'Back through time',
    intro: (network: string, method: string, target: string) =>
      `${network} reads from left to right; ${method} walks back from the evidence for ${target}, from the last step to the first.`,
    step: 'Relevance has flowed back to step',
    stepText: (step: number, steps: number) => `Step ${step} of ${steps}`,
    play: 'Play',
    pause: 'Pause',
    received: 'Pixels receive',
    receivedText: (steps: readonly number[]) =>
      `Relevance that the pixels of each step receive: ${steps.map((value) => fixed(value, 2)).join(', ')}.`,
    state: (name: string, units: number) => `State “${name}”, ${units} units`,
    stateText: (name: string, totals: readonly number[]) =>
      `Relevance in the state ${name} by step: ${totals.map((value) => fixed(value, 2)).join(', ')}.`,
    holds: 'The state holds',
    strongest: (shown: number, units: number) => `the ${shown} strongest of ${units} units, one a line`,
    gate: (on: string, isFromBefore: boolean) =>
      on === 'cell'
        ? isFromBefore
          ? 'Forget gate'
          : 'Output gate'
        : on === 'candidate'
          ? 'Input gate'
          : `Gate on “${on}”`,
    gateHint: (on: string, isFromBefore: boolean) =>
      on === 'cell'
        ? isFromBefore
          ? 'how much of the cell is kept'
          : 'how much of the cell is shown'
        : 'how much of the new is let in',
    gateText: (name: string, means: readonly number[]) =>
      `${name}, mean over units by step, 0 shut and 1 open: ${means.map((value) => fixed(value, 2)).join(', ')}.`,
    noGates: 'This network has no gates.',
    noStates: 'This method removes parts of the drawing; nothing passes through the state.',
    ledger: 'Ledger',
    part: 'Part',
    relevance: 'Relevance',
    noLedger: (method: string) =>
      `${method} measures slopes: it shares nothing out, so nothing has to add up.`,
    entered: 'Evidence f(x) that enters',
    items: (place: number) => `Pixels of image ${place + 1}`,
    initialState: 'State before the first step',
    biases: 'Biases',
    epsilon: 'ε of the rule',
    undistributed: 'Neurons with nobody to pass it on to',
    rounding: 'Rounding',
    total: 'Sum',
    ledgerText: (total: number, entered: number) =>
      `All parts add up to ${fixed(total, 3)}; f(x) is ${fixed(entered, 3)}.`,
    soFar: (step: number, passed: number, held: number) =>
      `Back at step ${step}: the pixels from here to the end have received ${fixed(passed, 2)}, and the state still holds ${fixed(held, 2)}.`,
    stepColumn: 'Step',
    waiting: 'This appears when the explanation is there.',
  },
  tour: {
    heading: 'Tour',
    station: (place: number, of: number) => `Station ${place + 1} of ${of}`,
    back: 'Back',
    next: 'Next',
    close: 'End the tour',
    measuring: 'Explaining test sequences …',
    failed: (why: string) => `The numbers of this station could not be computed: ${why}.`,
    numbers: 'The numbers of this station',
    tryIt: 'Try it:',
    stations,
  },
  export: {
    seen: 'What the explorer shows',
  },
}

export type Strings = typeof en

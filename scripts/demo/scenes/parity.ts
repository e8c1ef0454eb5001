import type { Scene } from '../demo.js';
import { followTraining, startTraining, tellRefusals } from '../train.js';

export const parityScene: Scene = {
  title: 'A model that was exported wrongly is refused',
  about:
    'Native categorical splits convert to ONNX without an error and answer differently. The trained model and its file are compared row by row.',
  async play(demo) {
    const id = await startTraining(demo, { model: 'late-arrival', variant: 'hist-gradient-boosting-native' });
    const run = await followTraining(demo, id, 'native-splits');
    tellRefusals(run, 'native-splits', 'parity');
  },
};

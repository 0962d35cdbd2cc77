export { chooseComparer } from '../../src/faces/tf.ts';
export { startBackend } from '../../src/runtime/tf.ts';

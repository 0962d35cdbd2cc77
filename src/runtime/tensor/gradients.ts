/**
 * Makes `grad` and `variableGrads` work: tfjs-core leaves the gradients of its operations out until they are asked for,
 * and a device that only detects never loads them. To be awaited once before training.
 */
export async function loadGradients(): Promise<void> {
  await import('@tensorflow/tfjs-core/dist/register_all_gradients.js');
}

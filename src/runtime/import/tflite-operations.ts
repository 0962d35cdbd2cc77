/**
 * Names of the built-in operations by their number, as far as detectors use them.
 * Ref: tensorflow/compiler/mlir/lite/schema/schema.fbs, enum BuiltinOperator.
 */
export const tfliteOperations: Readonly<Record<number, string>> = {
  0: 'ADD', 1: 'AVERAGE_POOL_2D', 2: 'CONCATENATION', 3: 'CONV_2D', 4: 'DEPTHWISE_CONV_2D', 5: 'DEPTH_TO_SPACE', 6: 'DEQUANTIZE',
  9: 'FULLY_CONNECTED', 14: 'LOGISTIC', 17: 'MAX_POOL_2D', 18: 'MUL', 19: 'RELU', 21: 'RELU6', 22: 'RESHAPE', 23: 'RESIZE_BILINEAR',
  25: 'SOFTMAX', 26: 'SPACE_TO_DEPTH', 28: 'TANH', 32: 'CUSTOM', 34: 'PAD', 36: 'GATHER', 39: 'TRANSPOSE', 40: 'MEAN', 41: 'SUB',
  42: 'DIV', 43: 'SQUEEZE', 45: 'STRIDED_SLICE', 47: 'EXP', 48: 'TOPK_V2', 49: 'SPLIT', 53: 'CAST', 54: 'PRELU', 55: 'MAXIMUM',
  56: 'ARG_MAX', 57: 'MINIMUM', 59: 'NEG', 60: 'PADV2', 61: 'GREATER', 62: 'GREATER_EQUAL', 64: 'SELECT', 65: 'SLICE', 67: 'TRANSPOSE_CONV',
  70: 'EXPAND_DIMS', 71: 'EQUAL', 74: 'SUM', 75: 'SQRT', 76: 'RSQRT', 77: 'SHAPE', 78: 'POW', 82: 'REDUCE_MAX', 83: 'PACK', 88: 'UNPACK',
  89: 'REDUCE_MIN', 90: 'FLOOR_DIV', 92: 'SQUARE', 94: 'FILL', 97: 'RESIZE_NEAREST_NEIGHBOR', 98: 'LEAKY_RELU', 99: 'SQUARED_DIFFERENCE',
  102: 'SPLIT_V', 107: 'GATHER_ND', 114: 'QUANTIZE', 117: 'HARD_SWISH', 120: 'NON_MAX_SUPPRESSION_V4', 121: 'NON_MAX_SUPPRESSION_V5',
  123: 'SELECT_V2', 126: 'BATCH_MATMUL', 130: 'BROADCAST_TO', 150: 'GELU',
}; // prettier-ignore
